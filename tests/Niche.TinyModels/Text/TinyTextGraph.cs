using Niche.TinyModels.Onnx;

namespace Niche.TinyModels.Text;

/// <summary>A decoder-only transformer in optimum's layout, of the operators that exporters write.</summary>
public sealed class TinyTextGraph
{
    private const float Hidden = -1e30f;
    private readonly TinyTextForm _form;
    private readonly TinyTextWeights _weights;
    private readonly GraphBuilder _g;
    private readonly string _bias;
    private readonly (string Cos, string Sin) _turn;

    private TinyTextGraph(TinyTextForm form)
    {
        (_form, _weights, _g) = (form, new TinyTextWeights(form), new GraphBuilder(form.Family));
        var ids = form.NarrowIds ? ElementType.Narrow : ElementType.Whole;
        _g.Input("input_ids", ids, "batch", "sequence");
        _g.Input("attention_mask", ids, "batch", "total");
        if (form.Positions) _g.Input("position_ids", ids, "batch", "sequence");
        if (form.Keep) _g.Input("num_logits_to_keep", ElementType.Whole);
        for (var layer = 0; layer < TinyTextForm.Layers; layer++)
        {
            foreach (var part in new[] { "key", "value" })
                _g.Input($"past_key_values.{layer}.{part}", Cached, "batch", TinyTextForm.CacheHeads, "past", form.HeadSize);
        }
        var past = _g.Node("Shape", ["past_key_values.0.key"], ("start", 2), ("end", 3));
        var total = _g.Node("Add", [past, _g.Node("Shape", ["input_ids"], ("start", 1), ("end", 2))]);
        var rows = Range(past, total);
        _bias = Mask(rows, Range(_g.Whole(0), total));
        _turn = Turn(rows);
    }

    private ElementType Cached => _form.HalfCache ? ElementType.Half : ElementType.Real;

    public static byte[] Build(TinyTextForm form) => new TinyTextGraph(form).Build();

    private byte[] Build()
    {
        var embedding = _g.Tensor("embedding", _weights.Embedding, _form.Vocabulary, _form.Width);
        var state = _g.Node("Gather", [_form.Poison is { } id ? Poisoned(embedding, id) : embedding, "input_ids"]);
        if (_form.ScaledEmbedding) state = _g.Node("Mul", [state, _g.Scalar(MathF.Sqrt(_form.Width))]);
        for (var layer = 0; layer < TinyTextForm.Layers; layer++)
        {
            var seen = Norm(state, $"{layer}.norm");
            var attended = _g.Node("Add", [state, Attention(seen, layer)]);
            state = _g.Node("Add", [attended, Mlp(_form.Parallel ? seen : Norm(attended, $"{layer}.mlp_norm"), layer)]);
        }
        if (_form.Keep)
        {
            var start = _g.Node("Reshape", [_g.Node("Neg", ["num_logits_to_keep"]), _g.Whole(1)]);
            state = _g.Node("Slice", [state, start, _g.Whole(long.MaxValue), _g.Whole(1)]);
        }
        state = Norm(state, "norm");
        var logits = _form.Tied
            ? _g.Node("MatMul", [state, _g.Node("Transpose", [embedding], ("perm", new[] { 1, 0 }))])
            : Linear(state, "head", _form.Width, _form.Vocabulary, _form.Bias);
        if (_form.HalfLogits) logits = _g.Node("Cast", [logits], ("to", (int)ElementType.Half));
        _g.Output("logits", logits, _form.HalfLogits ? ElementType.Half : ElementType.Real, "batch", "places", _form.Vocabulary);
        return _g.Build();
    }

    private string Poisoned(string embedding, int id)
    {
        var factors = new float[_form.Vocabulary];
        Array.Fill(factors, 1);
        factors[id] = float.NaN;
        return _g.Node("Mul", [embedding, _g.Tensor("factors", factors, _form.Vocabulary, 1)]);
    }

    private string Attention(string state, int layer)
    {
        var (width, groups) = (_form.Width, TinyTextForm.Heads / TinyTextForm.CacheHeads);
        var query = Rotate(Heads(Linear(state, $"{layer}.query", width, TinyTextForm.Heads * _form.HeadSize, _form.QueryBias), TinyTextForm.Heads));
        // [batch, cache head, head of its group, place, number]
        query = _g.Node("Reshape", [query, _g.Whole(0, 0, TinyTextForm.CacheHeads, groups, _form.HeadSize)]);
        query = _g.Node("Transpose", [query], ("perm", new[] { 0, 2, 3, 1, 4 }));
        var key = Remember(Rotate(Heads(Linear(state, $"{layer}.key", width, TinyTextForm.CacheHeads * _form.HeadSize, _form.QueryBias), TinyTextForm.CacheHeads)), layer, "key");
        var value = Remember(Heads(Linear(state, $"{layer}.value", width, TinyTextForm.CacheHeads * _form.HeadSize, _form.QueryBias), TinyTextForm.CacheHeads), layer, "value");
        var scores = _g.Node("MatMul", [query, _g.Node("Transpose", [key], ("perm", new[] { 0, 1, 2, 4, 3 }))]);
        scores = _g.Node("Add", [_g.Node("Mul", [scores, _g.Scalar(1 / MathF.Sqrt(_form.HeadSize))]), _bias]);
        var mixed = _g.Node("MatMul", [_g.Node("Softmax", [scores], ("axis", -1)), value]);
        mixed = _g.Node("Reshape", [_g.Node("Transpose", [mixed], ("perm", new[] { 0, 3, 1, 2, 4 })), _g.Whole(0, 0, TinyTextForm.Heads * _form.HeadSize)]);
        return Linear(mixed, $"{layer}.out", TinyTextForm.Heads * _form.HeadSize, width, _form.Bias);
    }

    // Appends to the cache; what comes back has an axis for the heads of a group.
    private string Remember(string fresh, int layer, string part)
    {
        fresh = _g.Node("Transpose", [fresh], ("perm", new[] { 0, 2, 1, 3 }));
        if (_form.HalfCache) fresh = _g.Node("Cast", [fresh], ("to", (int)Cached));
        var all = _g.Node("Concat", [$"past_key_values.{layer}.{part}", fresh], ("axis", 2));
        _g.Output($"present.{layer}.{part}", all, Cached, "batch", TinyTextForm.CacheHeads, "total", _form.HeadSize);
        if (_form.HalfCache) all = _g.Node("Cast", [all], ("to", (int)ElementType.Real));
        return _g.Node("Unsqueeze", [all, _g.Whole(2)]);
    }

    private string Mlp(string state, int layer)
    {
        var inner = Linear(state, $"{layer}.up", _form.Width, TinyTextForm.Inner, _form.Bias);
        inner = _form.Gated
            ? _g.Node("Mul", [Activate(Linear(state, $"{layer}.gate", _form.Width, TinyTextForm.Inner, _form.Bias)), inner])
            : Activate(inner);
        return Linear(inner, $"{layer}.down", TinyTextForm.Inner, _form.Width, _form.Bias);
    }

    private string Activate(string x)
    {
        if (_form.Activation == "silu") return _g.Node("Mul", [x, _g.Node("Sigmoid", [x])]);
        var cube = _g.Node("Mul", [_g.Node("Mul", [_g.Node("Mul", [x, x]), x]), _g.Scalar(0.044715f)]);
        var tanh = _g.Node("Tanh", [_g.Node("Mul", [_g.Node("Add", [x, cube]), _g.Scalar(MathF.Sqrt(2 / MathF.PI))])]);
        return _g.Node("Mul", [_g.Node("Mul", [x, _g.Scalar(0.5f)]), _g.Node("Add", [tanh, _g.Scalar(1)])]);
    }

    private string Norm(string state, string name)
    {
        var weight = _g.Tensor($"{name}.weight", _weights.Norm(name), _form.Width);
        if (_form.Norm == TinyNorm.Layer)
        {
            var bias = _g.Tensor($"{name}.bias", _weights.Bias(name, _form.Width), _form.Width);
            return _g.Node("LayerNormalization", [state, weight, bias], ("axis", -1), ("epsilon", TinyTextForm.Epsilon));
        }
        if (_form.Norm == TinyNorm.RmsPlusOne) weight = _g.Node("Add", [weight, _g.Scalar(1)]);
        var square = _g.Node("ReduceMean", [_g.Node("Mul", [state, state])], ("axes", new[] { -1 }), ("keepdims", 1));
        var root = _g.Node("Sqrt", [_g.Node("Add", [square, _g.Scalar(TinyTextForm.Epsilon)])]);
        return _g.Node("Mul", [_g.Node("Div", [state, root]), weight]);
    }

    private string Linear(string x, string name, int from, int to, bool biased)
    {
        var result = _g.Node("MatMul", [x, _g.Tensor(name, _weights.Matrix(name, from, to), from, to)]);
        return biased ? _g.Node("Add", [result, _g.Tensor($"{name}.bias", _weights.Bias(name, to), to)]) : result;
    }

    private string Heads(string x, int heads) => _g.Node("Reshape", [x, _g.Whole(0, 0, heads, _form.HeadSize)]);

    // The first half of the turning numbers with the second, as all of these families do.
    private string Rotate(string x)
    {
        var half = _form.Rotary / 2;
        var (a, b) = (Numbers(x, 0, half), Numbers(x, half, _form.Rotary));
        var first = _g.Node("Sub", [_g.Node("Mul", [a, _turn.Cos]), _g.Node("Mul", [b, _turn.Sin])]);
        var second = _g.Node("Add", [_g.Node("Mul", [b, _turn.Cos]), _g.Node("Mul", [a, _turn.Sin])]);
        return _form.Rotary == _form.HeadSize
            ? _g.Node("Concat", [first, second], ("axis", -1))
            : _g.Node("Concat", [first, second, Numbers(x, _form.Rotary, _form.HeadSize)], ("axis", -1));
    }

    private string Numbers(string x, int from, int to) => _g.Node("Slice", [x, _g.Whole(from), _g.Whole(to), _g.Whole(3)]);

    private (string Cos, string Sin) Turn(string rows)
    {
        var half = _form.Rotary / 2;
        var speeds = Enumerable.Range(0, half).Select(i => MathF.Pow(TinyTextForm.RotaryBase, -2f * i / _form.Rotary)).ToArray();
        var places = _form.Positions ? _g.Node("Unsqueeze", ["position_ids", _g.Whole(2)]) : _g.Node("Reshape", [rows, _g.Whole(1, -1, 1)]);
        var angles = _g.Node("Mul", [_g.Node("Cast", [places], ("to", (int)ElementType.Real)), _g.Tensor("speeds", speeds, half)]);
        angles = _g.Node("Unsqueeze", [angles, _g.Whole(2)]);
        return (_g.Node("Cos", [angles]), _g.Node("Sin", [angles]));
    }

    private string Mask(string rows, string columns)
    {
        var before = _g.Node("LessOrEqual", [_g.Node("Reshape", [columns, _g.Whole(1, -1)]), _g.Node("Reshape", [rows, _g.Whole(-1, 1)])]);
        var counts = _g.Node("Equal", [_g.Node("Cast", ["attention_mask"], ("to", (int)ElementType.Whole)), _g.Whole(1)]);
        var seen = _g.Node("And", [before, _g.Node("Unsqueeze", [counts, _g.Whole(1, 2, 3)])]);
        return _g.Node("Where", [seen, _g.Scalar(0), _g.Scalar(Hidden)]);
    }

    private string Range(string from, string to) => _g.Node("Range", [Single(from), Single(to), Single(_g.Whole(1))]);

    private string Single(string list) => _g.Node("Squeeze", [list]);
}
