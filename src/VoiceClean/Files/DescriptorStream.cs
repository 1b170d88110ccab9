using System.Runtime.InteropServices;

namespace VoiceClean.Files;

/// <summary>
/// Writes to an open file descriptor of Unix with write(2). A FileStream on a redirected standard output counts its
/// position itself and leaves that of the descriptor behind, so whatever a script writes next lands on top of it.
/// </summary>
internal sealed partial class DescriptorStream(int descriptor) : Stream
{
    private const int Interrupted = 4;       // EINTR, the same on all Unix systems
    private const int AgainLinux = 11, AgainElsewhere = 35;         // EAGAIN

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

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

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteSome(int descriptor, ReadOnlySpan<byte> buffer, nuint count);
}
