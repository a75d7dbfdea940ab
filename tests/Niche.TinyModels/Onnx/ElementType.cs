namespace Niche.TinyModels.Onnx;

/// <summary>Element types by their number in ONNX's TensorProto.</summary>
public enum ElementType
{
    Real = 1,
    Narrow = 6,
    Whole = 7,
    Flag = 9,
    Half = 10,
}
