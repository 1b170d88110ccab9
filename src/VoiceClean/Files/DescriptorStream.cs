using System.Runtime.InteropServices;

namespace VoiceClean.Files;

/// <summary>
/// Writes to an open file descriptor of Unix with write(2). A FileStream on a redirected standard output counts its
/// position itself and leaves that of the descriptor behind, so whatever a script writes next lands on top of it.
/// </summary>
internal sealed partial class DescriptorStream(int descriptor) : WriteOnlyStream
{
    private const int Interrupted = 4;       // EINTR, the same on all Unix systems
    private const int AgainLinux = 11, AgainElsewhere = 35;         // EAGAIN

    /// <exception cref="IOException">The system refused; its number is the HResult, as the runtime itself
    /// does.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint written = WriteSome(descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
            }
            else if (Marshal.GetLastPInvokeError() is not Interrupted and var error)
            {
                if (error == (OperatingSystem.IsLinux() ? AgainLinux : AgainElsewhere))
                {
                    Thread.Sleep(1);        // somebody else has made the pipe one that does not wait
                    continue;
                }

                throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : descriptor {descriptor}", error);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteSome(int descriptor, ReadOnlySpan<byte> buffer, nuint count);
}
