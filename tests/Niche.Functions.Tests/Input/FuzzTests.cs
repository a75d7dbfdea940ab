using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Input;

/// <summary>Bytes of chance: a good body with some of it changed, cut or doubled, and bytes that never were one.</summary>
public sealed class FuzzTests(SharedSubnet shared)
{
    private const int Tries = 300;

    // The model does not exist, so that what happens to stay well-formed costs no picture.
    private static readonly string[] Seeds =
    [
        """{"prompt":"a red lighthouse","model":"none","n":1,"size":"128x128","steps":20,"guidance":4.5,"seed":7,"response_format":"b64_json"}""",
        """{"model":"none","messages":[{"role":"user","content":[{"type":"text","text":"a\u00e9\ud83d\ude00"}]}],"stop":["x","y"],"stream":true,"stream_options":{"include_usage":true}}""",
        """{"kind":"image","model":"none","prompt":"a","count":2,"width":128,"height":128,"unknown":{"deep":[1,2,{"a":null}]}}""",
    ];

    private static readonly Gen<byte[]> Noise = Gen.Byte.Array[0, 400];

    private static readonly Gen<byte[]> Changed =
        from seed in Gen.Int[0, Seeds.Length - 1].Select(i => Seeds[i])
        from edits in Gen.Select(Gen.Double[0, 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 8]
        select Edit(Encoding.UTF8.GetBytes(seed), edits);

    public static TheoryData<string> Routes => [.. BadBodies.Routes];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task No_bytes_make_the_api_fail_or_hang(string route)
    {
        await Gen.OneOf(Noise, Changed, Changed, Changed).SampleAsync(async body =>
        {
            (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync(route, body).Soon();
            int status = (int)response.StatusCode;
            Assert.True(status is 400 or 200 or 202 or 502 or 503, $"{status} for {Convert.ToBase64String(body)}: {problem?.ToJsonString()}");
            if (status == 400) Talk.AssertProblem(response, problem, 400, (string)problem!["code"]!);
        }, iter: Tries, threads: 2);
    }

    private static byte[] Edit(byte[] body, (double At, byte Value, int Kind)[] edits)
    {
        List<byte> bytes = [.. body];
        foreach ((double at, byte value, int kind) in edits)
        {
            if (bytes.Count == 0) break;
            int index = Math.Min(bytes.Count - 1, (int)(at * bytes.Count));
            switch (kind)
            {
                case 0: bytes[index] = value; break;
                case 1: bytes.Insert(index, value); break;
                case 2: bytes.RemoveAt(index); break;
                default: bytes.InsertRange(index, bytes.GetRange(index, Math.Min(value, bytes.Count - index))); break;
            }
        }

        return [.. bytes];
    }
}
