using System.ClientModel;
using Niche.Functions.Tests.Rig;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Images;
using OpenAI.Models;

namespace Niche.Functions.Tests.OpenAi;

/// <summary>The OpenAI client for .NET, as people use it, against our address.</summary>
public sealed class OpenAiClientTests(SharedSubnet shared)
{
    private readonly OpenAIClient _client = new(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(shared.Subnet.Url, "/v1") });

    [Fact]
    public async Task Pictures_come_as_bytes()
    {
        ImageClient images = _client.GetImageClient("niche-scenes");
        ClientResult<GeneratedImage> result = await images.GenerateImageAsync(
            Talk.Prompt, new ImageGenerationOptions { ResponseFormat = GeneratedImageFormat.Bytes, Size = new GeneratedImageSize(128, 128) }, TestContext.Current.CancellationToken);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], result.Value.ImageBytes.ToArray()[..4]);
    }

    [Fact]
    public async Task Pictures_come_by_address()
    {
        ImageClient images = _client.GetImageClient("niche-scenes");
        ClientResult<GeneratedImageCollection> result = await images.GenerateImagesAsync(
            Talk.Prompt, 2, new ImageGenerationOptions { ResponseFormat = GeneratedImageFormat.Uri }, TestContext.Current.CancellationToken);
        Assert.Equal(2, result.Value.Count);
        foreach (GeneratedImage picture in result.Value)
            Assert.NotEmpty(await shared.Http.GetByteArrayAsync(picture.ImageUri, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_chat_is_answered()
    {
        ClientResult<ChatCompletion> answer = await _client.GetChatClient("niche-prompt-lm").CompleteChatAsync(
            [new SystemChatMessage("You continue prompts."), new UserChatMessage("a red")], new ChatCompletionOptions { MaxOutputTokenCount = 8 }, TestContext.Current.CancellationToken);
        Assert.NotEmpty(answer.Value.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.Value.FinishReason);
        Assert.True(answer.Value.Usage.TotalTokenCount > 0);
    }

    [Fact]
    public async Task A_chat_is_streamed()
    {
        string text = "";
        ChatFinishReason? finish = null;
        int? total = null;
        await foreach (StreamingChatCompletionUpdate update in _client.GetChatClient("niche-prompt-lm").CompleteChatStreamingAsync(
            [new UserChatMessage("a red")], new ChatCompletionOptions { MaxOutputTokenCount = 8 }, TestContext.Current.CancellationToken))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish = update.FinishReason ?? finish;
            total = update.Usage?.TotalTokenCount ?? total;
        }

        Assert.NotEmpty(text);
        Assert.Equal(ChatFinishReason.Stop, finish);
        Assert.True(total > 0);
    }

    [Fact]
    public async Task The_models_are_listed()
    {
        ClientResult<OpenAIModelCollection> models = await _client.GetOpenAIModelClient().GetModelsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["niche-scenes", "niche-prompt-lm"], models.Value.Select(model => model.Id));
    }

    [Fact]
    public async Task A_refusal_arrives_with_its_code()
    {
        ClientResultException refusal = await Assert.ThrowsAsync<ClientResultException>(() =>
            _client.GetImageClient("dall-e-3").GenerateImageAsync(Talk.Prompt, new ImageGenerationOptions(), TestContext.Current.CancellationToken));
        Assert.Equal(400, refusal.Status);
        Assert.Contains("unknown_model", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("niche-scenes", refusal.Message, StringComparison.Ordinal);
    }
}
