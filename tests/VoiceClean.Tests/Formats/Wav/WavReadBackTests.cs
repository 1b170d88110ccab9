using System.Runtime.InteropServices;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Wav;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>Other people's readers see what we wrote: rate, length and every sample.</summary>
public sealed class WavReadBackTests : IDisposable
{
    private const int Length = 32_001;       // odd, so that 24 bit needs its pad byte
    private static readonly WavInfo Info = new() { Software = "VoiceClean test", Comment = "odd" };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SampleEncoding.Pcm16, 0x10002)]
    [InlineData(SampleEncoding.Pcm24, 0x130003)]
    [InlineData(SampleEncoding.IeeeFloat, 0x10006)]
    public void Libsndfile_reads_every_sample(SampleEncoding encoding, int expectedFormat)
    {
        (string path, float[] expected) = WriteSample(encoding);
        (float[] samples, int sampleRate, int channels, int format) = LibSndFile.Read(path);
        Assert.Equal((32000, 1, expectedFormat), (sampleRate, channels, format));
        Assert.Equal(expected, samples);
    }

    [Theory]
    [InlineData(SampleEncoding.Pcm16)]
    [InlineData(SampleEncoding.Pcm24)]
    [InlineData(SampleEncoding.IeeeFloat)]
    public void Ffmpeg_reads_every_sample(SampleEncoding encoding)
    {
        (string path, float[] expected) = WriteSample(encoding);
        byte[] raw = ExternalProgram.Run(
            "ffmpeg",
            "-nostdin",
            "-v",
            "error",
            "-i",
            path,
            "-f",
            "f32le",
            "-c:a",
            "pcm_f32le",
            "-");
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(raw).ToArray());
    }

    [Theory]
    [InlineData(SampleEncoding.Pcm16)]
    [InlineData(SampleEncoding.Pcm24)]
    [InlineData(SampleEncoding.IeeeFloat)]
    public void Sox_reads_every_sample(SampleEncoding encoding)
    {
        (string path, float[] expected) = WriteSample(encoding);
        byte[] raw = ExternalProgram.Run("sox", "-D", path, "-t", "raw", "-e", "float", "-b", "32", "-");
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(raw).ToArray());
        Assert.Equal($"{Length}\n", System.Text.Encoding.ASCII.GetString(ExternalProgram.Run("soxi", "-s", path)));
        Assert.Equal("32000\n", System.Text.Encoding.ASCII.GetString(ExternalProgram.Run("soxi", "-r", path)));
    }

    [Theory]
    [InlineData(SampleEncoding.Pcm16, false)]
    [InlineData(SampleEncoding.Pcm24, false)]
    [InlineData(SampleEncoding.IeeeFloat, false)]
    [InlineData(SampleEncoding.Pcm16, true)]
    [InlineData(SampleEncoding.Pcm24, true)]
    [InlineData(SampleEncoding.IeeeFloat, true)]
    public void Our_own_reader_reads_every_sample_without_a_warning(SampleEncoding encoding, bool isLarge)
    {
        (string path, float[] expected) = WriteSample(encoding);
        using IAudioReader reader = AudioDecoders
            .CreateDefault()
            .Open(File.OpenRead(isLarge ? MakeLarge(path, encoding) : path), new DecodeLimits());
        float[] samples = new float[Length + 10];
        int length = 0;
        for (int read; (read = reader.Read(samples.AsSpan(length))) > 0;)
        {
            length += read;
        }

        Assert.Equal((32000, 1, "wav"), (reader.Format.SampleRate, reader.Format.Channels, reader.Format.Decoder));
        Assert.Equal(expected, samples[..length]);
        Assert.Empty(reader.Warnings);
    }

    // The form for more than 4 GiB, with small contents.
    [Theory]
    [InlineData(SampleEncoding.Pcm16)]
    [InlineData(SampleEncoding.Pcm24)]
    [InlineData(SampleEncoding.IeeeFloat)]
    public void Libsndfile_and_ffmpeg_read_RF64(SampleEncoding encoding)
    {
        (string path, float[] expected) = WriteSample(encoding);
        string large = MakeLarge(path, encoding);
        byte[] raw = ExternalProgram.Run(
            "ffmpeg",
            "-nostdin",
            "-v",
            "error",
            "-i",
            large,
            "-f",
            "f32le",
            "-c:a",
            "pcm_f32le",
            "-");
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(raw).ToArray());
        (float[] samples, int sampleRate, int channels, int format) = LibSndFile.Read(large);
        Assert.Equal((32000, 1, 0x220000), (sampleRate, channels, format & 0x0FFF0000));
        Assert.Equal(expected, samples);
    }

    private string MakeLarge(string path, SampleEncoding encoding)
    {
        byte[] plain = File.ReadAllBytes(path);
        int header = WavHeader.Create(Length, 32000, encoding, 0).Length;
        int trailer = plain.Length - header - (Length * WavHeader.SampleSize(encoding) + 1) / 2 * 2;
        string large = _folder["large.wav"];
        File.WriteAllBytes(
            large,
            [.. WavHeader.Create(Length, 32000, encoding, trailer, largestRiff: 0), .. plain[header..]]);
        return large;
    }

    // Random values that lie on the grid, so that what must come back is known to the bit.
    private (string Path, float[] Samples) WriteSample(SampleEncoding encoding)
    {
        var random = new Random(11);
        int limit = encoding switch { SampleEncoding.Pcm16 => 1 << 15, SampleEncoding.Pcm24 => 1 << 23, _ => 1 << 24 };
        float[] samples = [.. Enumerable.Range(0, Length).Select(_ => random.Next(-limit, limit) / (float)limit)];
        string path = _folder["out.wav"];
        using FileStream stream = File.Create(path);
        WavWriter.Write(stream, samples, 32000, encoding, "id", Info);
        return (path, samples);
    }
}
