using System.Runtime.InteropServices;

namespace Niche.GpuEndpoint.Models;

/// <summary>
/// Gives the memory of a model that left back to the system: glibc keeps what a session has freed in the arenas of the threads that made it, and
/// every model that came and went would leave its size there.
/// </summary>
internal static class FreedMemory
{
    private delegate int Trim(nuint pad);

    public static void Return()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "malloc_trim", out var trim)) return;
        Marshal.GetDelegateForFunctionPointer<Trim>(trim)(0);
    }
}
