using System.Text;
using VoiceClean.Files;

namespace VoiceClean.Cli.Output;

/// <summary>
/// Standard error that never ends a run: what cannot be written there (it is closed, its disk is full, its reader went
/// away) is lost, and the results are made all the same.
/// </summary>
internal static class StandardError
{
    /// <summary>Puts it in the place of the console's.</summary>
    public static void Install() =>
        Console.SetError(
            StandardDescriptors.IsErrorClosed
                ? TextWriter.Null
                : new StreamWriter(
                    new ForgivingStream(Console.OpenStandardError()),
                    new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                    bufferSize: 1024)
                {
                    AutoFlush = true,
                });

    private sealed class ForgivingStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                inner.Write(buffer);
            }
            catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
            {
                // There is nobody left to tell.
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
