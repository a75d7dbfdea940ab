using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Predictions;

namespace Niche.GpuEndpoint.Requests;

/// <summary>Checks the body of a prediction: the image form of <c>/generate</c> under <c>input</c>, and how to work it off beside it.</summary>
internal static class PredictionRequestReader
{
    /// <param name="fields">The body.</param>
    /// <param name="store">Models.</param>
    /// <param name="previews">Steps between previews when the body does not say.</param>
    public static PredictionOrder Read(FieldReader fields, ModelStore store, int previews)
    {
        if (fields.Find("input") is null) fields.Add("input", "input_missing", "is required: an object as /generate takes it");
        var priority = fields.Whole("priority", new(-10, 10, 0), "priority_out_of_range");
        var every = fields.Whole("preview_every", new(0, 1000, previews), "preview_every_out_of_range");
        var timeout = RequestBody.Timeout(fields);
        var job = ImageRequestReader.Read(fields.Object("input"), store);
        return new PredictionOrder(job with { PreviewEvery = (int)every }, (int)priority, timeout, fields.Fingerprint());
    }
}
