using Niche.Subnet.Jobs;
using Niche.Validator.Tests.Rig;
using Niche.Validator.Weights;

namespace Niche.Validator.Tests.Privacy;

public sealed class SilenceTests(ReferenceEndpoint endpoint)
{
    private const string Secret = "zanzibar";

    [Fact]
    public async Task No_line_of_the_log_holds_a_prompt_a_secret_or_a_picture()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync();
        await subnet.AddMinerAsync("garbage");
        await subnet.AddMinerAsync("liar");
        ValidatorNode node = await subnet.AddValidatorAsync();
        ValidatorNode blind = await subnet.AddValidatorAsync(settings => settings["Validator:ReferenceEndpoint"] = "http://127.0.0.1:1/");
        Job first = await node.SubmitAsync(Ask.Picture(1, prompt: "a castle in " + Secret)), second = await node.SubmitAsync(Ask.Picture(2, prompt: Secret));

        await blind.RunAsync(first.Id);
        await node.RunAsync(first.Id);
        await node.RunAsync(second.Id);
        await subnet.RunRoundAsync(node);
        await node.Get<WeightSetter>().RunAsync(TestContext.Current.CancellationToken);

        byte[] picture = (await node.PictureAsync(first.Id))!;
        Assert.NotEmpty(subnet.Log.Lines);
        Assert.All(subnet.Log.Lines, line =>
        {
            Assert.DoesNotContain(Secret, line, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("//Miner/", line, StringComparison.Ordinal);
            Assert.DoesNotContain(ValidatorNode.Secret, line, StringComparison.Ordinal);
            Assert.DoesNotContain("iVBORw0KGgo", line, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(picture.AsSpan(^24..)), line, StringComparison.Ordinal);
        });
    }
}
