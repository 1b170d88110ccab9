using System.Runtime.InteropServices;
using VoiceClean.Files;

namespace VoiceClean.Audio;

/// <summary>
/// Samples in memory of the operating system instead of the garbage-collected heap: it goes back at once, grows mostly
/// without a copy, and a promise of many samples costs nothing before they are touched.
/// </summary>
internal sealed unsafe class NativeSamples : SafeHandle
{
    /// <summary>Allocates zeros.</summary>
    /// <param name="capacity">[sample]</param>
    /// <exception cref="OutOfMemoryException">There is not so much memory.</exception>
    public NativeSamples(int capacity)
        : base(0, ownsHandle: true) => Hold(NativeMemory.AllocZeroed((nuint)capacity, sizeof(float)), capacity);

    /// <summary>The first sample.</summary>
    public float* Pointer => (float*)handle;

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Makes room for more; what is new is not zero. The samples may move.</summary>
    /// <param name="capacity">[sample]</param>
    /// <exception cref="OutOfMemoryException">There is not so much memory; the samples are still where they
    /// were.</exception>
    public void Grow(int capacity) =>
        Hold(NativeMemory.Realloc((void*)handle, (nuint)capacity * sizeof(float)), capacity);

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }

    private void Hold(void* samples, int capacity)
    {
        SetHandle((nint)samples);
        PageAdvice.PreferLarge(samples, (nuint)capacity * sizeof(float));
    }
}
