using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Providers;

/// <summary>Runs the smallest graph that says anything: a library that is there may still lack its driver, its device or one of its own libraries.</summary>
internal static class ProviderTrial
{
    // y = x * x + x over one float, the product as a convolution, for which CUDA needs cuDNN: ModelProto with IR version 8 and operators of version 13,
    // written out byte by byte.
    private static readonly byte[] Graph = Convert.FromHexString(
        "0808" + "42040A00100D" + "3A5E"
        + "0A0F" + "0A0178" + "0A0178" + "120163" + "2204436F6E76"
        + "0A0E" + "0A0163" + "0A0178" + "120179" + "2203416464"
        + "120167"
        + "5A1B" + "0A0178" + "1216" + "0A14" + "0801" + "1210" + "0A020801" + "0A020801" + "0A020801" + "0A020801"
        + "621B" + "0A0179" + "1216" + "0A14" + "0801" + "1210" + "0A020801" + "0A020801" + "0A020801" + "0A020801");

    /// <summary>Null when the provider computes; otherwise why it does not.</summary>
    /// <param name="settings">The provider.</param>
    public static string? Try(ProviderSettings settings)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            ProviderOptions.Append(options, settings);
            using var session = new InferenceSession(Graph, options);
            using var run = new RunOptions();
            using var x = OrtValue.CreateTensorValueFromMemory([6f], [1, 1, 1, 1]);
            using var y = session.Run(run, ["x"], [x], ["y"]);
            return y[0].GetTensorDataAsSpan<float>()[0] == 42 ? null : "it computes wrongly";
        }
        catch (OnnxRuntimeException e)
        {
            return Brief(e.Message);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return Brief(e.Message);
        }
    }

    // Native errors come in several lines and begin with places in source files; what a reader needs stands last in the first line.
    private static string Brief(string message)
    {
        const string Prelude = "FAIL : ";
        var line = message.Split('\n', 2)[0].Trim();
        return line[(line.LastIndexOf(Prelude, StringComparison.Ordinal) is var at and >= 0 ? at + Prelude.Length : 0)..].TrimEnd('.');
    }
}
