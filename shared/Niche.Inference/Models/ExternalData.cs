namespace Niche.Inference.Models;

/// <summary>
/// Weights that a graph keeps in files of their own. The runtime opens whatever the graph names, so every name is looked at before it may: it has to be a
/// file that the manifest lists, and whose hash was checked.
/// </summary>
internal static class ExternalData
{
    private const int Deepest = 64;
    private const int External = 13, EntryKey = 1, EntryValue = 2;

    private enum Message { Model, Training, Function, Graph, Node, Attribute, Sparse, Tensor }

    /// <exception cref="ModelFolderException">The graph names a file that is not of the model, or is none.</exception>
    public static void Check(ModelFolder folder, string file)
    {
        var path = folder.PathOf(file);
        try
        {
            using var stream = File.OpenRead(path);
            Walk(stream, 0, stream.Length, Message.Model, 0, location => Check(folder, path, location));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new ModelFolderException("graph_invalid", path, $"not readable as an ONNX graph: {e.Message}", e);
        }
    }

    private static void Check(ModelFolder folder, string path, string location)
    {
        var full = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, location));
        if (!full.StartsWith(folder.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ModelFolderException("path_outside", path, $"the graph keeps weights in {location}, which is outside the model's folder");
        folder.PathOf(Path.GetRelativePath(folder.Root, full).Replace(Path.DirectorySeparatorChar, '/'));
    }

    // Field numbers of onnx.proto: wherever a tensor may stand.
    private static Message? Inside(Message message, int field) => (message, field) switch
    {
        (Message.Model, 7) or (Message.Training, 1 or 2) or (Message.Attribute, 6 or 11) => Message.Graph,
        (Message.Model, 20) => Message.Training,
        (Message.Model, 25) => Message.Function,
        (Message.Graph, 1) or (Message.Function, 7) => Message.Node,
        (Message.Graph, 5) or (Message.Sparse, 1 or 2) or (Message.Attribute, 5 or 10) => Message.Tensor,
        (Message.Graph, 15) or (Message.Attribute, 22 or 23) => Message.Sparse,
        (Message.Node, 5) or (Message.Function, 11) => Message.Attribute,
        _ => null,
    };

    private static void Walk(Stream file, long start, long end, Message message, int depth, Action<string> found)
    {
        if (depth > Deepest) throw new FormatException("it is nested too deep");
        foreach (var field in ProtoFields.Of(file, start, end, strict: true))
        {
            if (field.Start < 0) continue;
            if (message == Message.Tensor && field.Number == External) Entry(file, field, found);
            else if (Inside(message, field.Number) is { } inside) Walk(file, field.Start, field.Start + field.Value, inside, depth + 1, found);
        }
    }

    private static void Entry(Stream file, ProtoField entry, Action<string> found)
    {
        var (key, value) = ("", "");
        foreach (var field in ProtoFields.Of(file, entry.Start, entry.Start + entry.Value, strict: true))
        {
            if (field.Number == EntryKey) key = ProtoFields.Text(file, field);
            else if (field.Number == EntryValue) value = ProtoFields.Text(file, field);
        }
        if (key == "location") found(value);
    }
}
