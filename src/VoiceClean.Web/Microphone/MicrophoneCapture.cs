using Microsoft.Win32.SafeHandles;
using VoiceClean.Files;

namespace VoiceClean.Web.Microphone;

/// <summary>
/// What came from a microphone so far, in a temporary file without a name. One writes at its end while another reads
/// what stood there before.
/// </summary>
/// <param name="format">How the sound comes.</param>
internal sealed class MicrophoneCapture(MicrophoneFormat format) : IDisposable
{
    private readonly FileStream _file = TemporaryFile.Create();
    private long _bytes;

    /// <summary>How the sound comes.</summary>
    public MicrophoneFormat Format => format;

    /// <summary>Bytes of sound.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Its length [s].</summary>
    public double Seconds => (double)Bytes / format.FrameBytes / format.Rate;

    /// <summary>Puts sound at its end.</summary>
    /// <param name="sound">Whole frames, as they came.</param>
    /// <exception cref="IOException">There is no space.</exception>
    public void Append(ReadOnlySpan<byte> sound)
    {
        long end = Bytes;
        RandomAccess.Write(_file.SafeFileHandle, sound, end);
        Interlocked.Exchange(ref _bytes, end + sound.Length);
    }

    /// <summary>Its end as a WAV file of 32-bit floats: what is there now, whatever comes after.</summary>
    /// <param name="longestS">Most seconds of it; infinity = all.</param>
    /// <returns>Readable and seekable; does not close the capture.</returns>
    public Stream OpenLast(double longestS)
    {
        long bytes = Bytes;
        double frames = Math.Min(longestS * format.Rate, bytes / format.FrameBytes);
        long length = (long)frames * format.FrameBytes;
        return new CaptureStream(_file.SafeFileHandle, format.WavHeader(length), bytes - length, length);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A header and a stretch of a file behind it.</summary>
    private sealed class CaptureStream(SafeFileHandle file, byte[] header, long start, long length)
        : ReadOnlyStream
    {
        public override long Length => header.Length + length;

        public override long Position { get; set; }

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Clamp(Length - Position, 0, buffer.Length);
            if (Position < header.Length)
            {
                count = (int)Math.Min(count, header.Length - Position);
                header.AsSpan((int)Position, count).CopyTo(buffer);
            }
            else
            {
                count = RandomAccess.Read(file, buffer[..count], start + Position - header.Length);
            }

            Position += count;
            return count;
        }
    }
}
