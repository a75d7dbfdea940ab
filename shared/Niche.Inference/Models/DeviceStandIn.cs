namespace Niche.Inference.Models;

/// <summary>How the processor plays a device, so that the way to one can be tested on any machine.</summary>
internal enum DeviceStandIn
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Its tensors lie apart from the host's and are copied there and back.</summary>
    Copying,

    /// <summary>Its tensors can not be copied outside of a run, so the runtime copies what is bound.</summary>
    Binding,
}
