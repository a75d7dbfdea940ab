using Niche.Inference.Models;
using Niche.Inference.Tokenizers;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Tokenizers;

/// <summary>Model folders that hold nothing but a tokenizer.</summary>
internal static class TokenizerFolders
{
    /// <summary>Loads a tokenizer out of one file of the fixtures.</summary>
    public static ITextTokenizer Load(string fixture, string name) =>
        Load(new KeyValuePair<string, byte[]>(name, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures/tokenizers", fixture))));

    /// <summary>Loads a tokenizer out of files.</summary>
    public static ITextTokenizer Load(params KeyValuePair<string, byte[]>[] files)
    {
        var root = Directory.CreateTempSubdirectory("niche-tokenizer-").FullName;
        try
        {
            var folder = new TinyFolder(root);
            foreach (var (name, bytes) in files) folder.Add(name, bytes);
            return TextTokenizers.Load(ModelFolder.Open(folder.Finish("tiny", "text", "")));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
