namespace Niche.Inference.Models;

/// <summary>
/// Turns the LoRAs of a folder into changed weights of one graph. A graph's nodes carry the names of the modules that they were exported from, and
/// so do the tensors of a LoRA, in the spelling of diffusers or of kohya.
/// </summary>
internal static class LoraWeights
{
    private static readonly (string Down, string Up)[] Spellings =
    [
        (".lora_A.weight", ".lora_B.weight"), (".lora_down.weight", ".lora_up.weight"), (".lora.down.weight", ".lora.up.weight"),
    ];

    /// <summary>The weights that differ from those in the file.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="file">Relative path of the graph, such as <c>unet/model.onnx</c>.</param>
    /// <exception cref="ModelFolderException">A LoRA is damaged, or does not belong to this model.</exception>
    public static IReadOnlyList<OnnxTensor> For(ModelFolder folder, string file)
    {
        var part = file.Split('/')[0];
        var changed = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        foreach (var lora in folder.Manifest.Loras ?? [])
        {
            var path = folder.PathOf(lora.File);
            try
            {
                Apply(ModulesOf(SafeTensors.Read(path), part), (float)lora.Scale, folder.PathOf(file), changed);
            }
            catch (FormatException e)
            {
                throw new ModelFolderException("lora_invalid", path, e.Message, e);
            }
        }
        return [.. changed.Values];
    }

    private static void Apply(Dictionary<string, LowRank> modules, float scale, string graph, Dictionary<string, OnnxTensor> changed)
    {
        if (modules.Count == 0) return;
        var targets = OnnxTensors.WeightedNodes(graph).Where(node => node.Operator is "MatMul" or "Conv" or "Gemm")
            .Select(node => (Module: Canonical(node.Name[..Math.Max(0, node.Name.LastIndexOf('/'))]), node.Operator, node.Weights))
            .Where(target => modules.ContainsKey(target.Module)).ToList();
        if (targets.Select(target => target.Module).Distinct().Count() != modules.Count)
            throw new FormatException($"the graph lacks {modules.Keys.Except(targets.Select(target => target.Module)).First()}; is this LoRA for this model?");
        var wanted = targets.Select(target => target.Weights).ToHashSet(StringComparer.Ordinal);
        foreach (var tensor in OnnxTensors.Read(graph, name => wanted.Contains(name) && !changed.ContainsKey(name))) changed[tensor.Name] = tensor;
        foreach (var (module, kind, name) in targets)
        {
            if (!changed.TryGetValue(name, out var weights)) throw new FormatException($"the weights of {module} are not stored as floats in the graph");
            modules[module].AddTo(weights, transposed: kind == "MatMul", scale);
        }
    }

    private static Dictionary<string, LowRank> ModulesOf(Dictionary<string, (long[] Shape, float[] Values)> tensors, string part)
    {
        var modules = new Dictionary<string, LowRank>(StringComparer.Ordinal);
        foreach (var (name, down) in tensors)
        {
            var (downEnd, upEnd) = Array.Find(Spellings, one => name.EndsWith(one.Down, StringComparison.Ordinal));
            if (downEnd is null || ModuleOf(name[..^downEnd.Length], part) is not { } module) continue;
            var stem = name[..^downEnd.Length];
            if (!tensors.TryGetValue(stem + upEnd, out var up)) throw new FormatException($"{stem} has no {upEnd[1..]}");
            modules[module] = LowRank.Of(stem, down, up, tensors.TryGetValue(stem + ".alpha", out var alpha) && alpha.Values.Length == 1 ? alpha.Values[0] : null);
        }
        return modules;
    }

    // unet.down_blocks.0... of diffusers, lora_unet_down_blocks_0_... of kohya, lora_te1_... for the first text encoder of SDXL.
    private static string? ModuleOf(string stem, string part)
    {
        string[] heads = part switch
        {
            "text_encoder" => ["text_encoder.", "lora_te_", "lora_te1_"],
            "text_encoder_2" => ["text_encoder_2.", "lora_te2_"],
            "transformer" => ["transformer.", "lora_transformer_"],
            _ => [$"{part}.", $"lora_{part}_"],
        };
        var head = Array.Find(heads, one => stem.StartsWith(one, StringComparison.Ordinal));
        return head is null ? null : Canonical(stem[head.Length..]);
    }

    private static string Canonical(string module) => module.Trim('/').Replace('/', '_').Replace('.', '_');
}
