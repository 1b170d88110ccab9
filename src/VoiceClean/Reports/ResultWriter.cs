using System.Security.Cryptography;
using VoiceClean.Audio;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Reports;

/// <summary>Writes a clip as WAV and says what was written, with the hash of every byte.</summary>
internal static class ResultWriter
{
    /// <summary>Writes <paramref name="clip"/> to <paramref name="stream"/>.</summary>
    public static FileFacts Write(Stream stream, AudioClip clip, SampleEncoding encoding, string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var hashing = new HashingStream(stream, hash);
        long bytes = WavWriter.Write(hashing, clip, encoding);
        return new FileFacts
        {
            Path = path,
            SizeBytes = bytes,
            Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()),
            Container = "wav",
            SampleRateHz = clip.SampleRate,
            Channels = 1,
            BitDepth = encoding switch { SampleEncoding.Pcm16 => 16, SampleEncoding.Pcm24 => 24, _ => 32 },
            DurationS = clip.Duration.TotalSeconds,
        };
    }

    /// <summary>Passes bytes on and adds them to a hash; the inner stream stays open.</summary>
    private sealed class HashingStream(Stream inner, IncrementalHash hash) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.AppendData(buffer);
            inner.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
