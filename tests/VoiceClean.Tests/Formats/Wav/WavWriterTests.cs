using System.Buffers.Binary;
using VoiceClean.Audio;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Formats.Wav;

public class WavWriterTests
{
    [Fact]
    public void A_16_bit_file_is_44_bytes_of_plain_header_and_the_samples()
        => Assert.Equal(
            Convert.FromHexString(
                "52494646"
                    + "2A000000"
                    + "57415645"
                    + // RIFF, 42 = 50 - 8, WAVE
                    "666D7420"
                    + "10000000"
                    + "0100"
                    + "0100"
                    + "007D0000"
                    + "00FA0000"
                    + "0200"
                    + "1000"
                    + // fmt , 16, PCM, mono, 32000, 64000, 2, 16
                    "64617461"
                    + "06000000"
                    + "0040"
                    + "0080"
                    + "FFFF"), // data, 6
            Write([0.5f, -1f, -1 / 32768f], SampleEncoding.Pcm16));

    [Fact]
    public void A_24_bit_file_is_extensible_and_padded_to_even_length()
        => Assert.Equal(
            Convert.FromHexString(
                "52494646"
                    + "40000000"
                    + "57415645"
                    + // 64 = 72 - 8
                    "666D7420"
                    + "28000000"
                    + "FEFF"
                    + "0100"
                    + "007D0000"
                    + "00770100"
                    + "0300"
                    + "1800"
                    + "1600"
                    + "1800"
                    + "04000000"
                    + "0100000000001000800000AA00389B71"
                    + // 22, 24 valid bits, front centre, PCM
                    "64617461"
                    + "03000000"
                    + "563412"
                    + "00"), // size 3 without the pad byte
            Write([0x123456 / 8388608f], SampleEncoding.Pcm24));

    [Fact]
    public void A_float_file_has_a_fact_chunk_and_keeps_values_beyond_full_scale()
        => Assert.Equal(
            Convert.FromHexString(
                "52494646" + "3A000000" + "57415645" +                                             // 58 = 66 - 8
                "666D7420" + "12000000" + "0300" + "0100" + "007D0000" + "00F40100" + "0400" + "2000" + "0000" +
                "66616374" + "04000000" + "02000000" +
                "64617461" + "08000000" + "00002040" + "CDCCCCBD"),
            Write([2.5f, -0.1f], SampleEncoding.IeeeFloat));

    [Fact]
    public void Texts_stand_behind_the_samples_and_count_in_the_outer_size_only()
    {
        byte[] plain = Write([0.25f], SampleEncoding.Pcm24),
            with = Write([0.25f], SampleEncoding.Pcm24, new WavInfo { Software = "VoiceClean", Comment = "é" });
        Assert.Equal(plain[8..], with[8..plain.Length]);
        Assert.Equal(with.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(with.AsSpan(4)));
        Assert.Equal(
            Convert.FromHexString(
                "4C495354"
                    + "24000000"
                    + "494E464F"
                    + // LIST, 36, INFO
                    "49534654"
                    + "0B000000"
                    + "566F696365436C65616E0000"
                    + // ISFT, 11 with its zero, padded
                    "49434D54"
                    + "03000000"
                    + "C3A90000"), // ICMT
            with[plain.Length..]);
    }

    [Fact]
    public void A_header_beyond_4_GiB_is_RF64_with_exact_64_bit_sizes()
    {
        byte[] header = WavHeader.Create(0x1_0000_0001, 32000, SampleEncoding.Pcm24, 10);
        Assert.Equal(12 + 36 + 48 + 8, header.Length);
        Assert.Equal("RF64"u8, header.AsSpan(0, 4));
        Assert.Equal(uint.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)));
        Assert.Equal("WAVEds64"u8, header.AsSpan(8, 8));
        Assert.Equal(28u, BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(16)));
        long data = 3 * 0x1_0000_0001L;
        Assert.Equal(header.Length + data + 1 + 10 - 8, BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(20)));
        Assert.Equal(data, BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(28)));
        Assert.Equal(0x1_0000_0001L, BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(36)));
        Assert.Equal("fmt "u8, header.AsSpan(48, 4));
        Assert.Equal("data"u8, header.AsSpan(96, 4));
        Assert.Equal(uint.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(100)));
    }

    [Fact]
    public void The_largest_plain_file_declares_4_GiB_minus_1_or_2()
    {
        const int Most = int.MaxValue - 18;              // 36 + 2 n = 2^32 - 2
        Assert.Equal("RIFF"u8, WavHeader.Create(Most, 32000, SampleEncoding.Pcm16, 0).AsSpan(0, 4));
        Assert.Equal(
            0xFFFFFFFEu,
            BinaryPrimitives.ReadUInt32LittleEndian(WavHeader.Create(Most, 32000, SampleEncoding.Pcm16, 0).AsSpan(4)));
        Assert.Equal("RF64"u8, WavHeader.Create(Most + 1, 32000, SampleEncoding.Pcm16, 0).AsSpan(0, 4));
    }

    [Fact]
    public void Samples_that_are_already_16_bit_come_out_bit_for_bit()
    {
        var random = new Random(1);
        short[] expected = [.. Enumerable.Range(0, 300_000).Select(_ => (short)random.Next(-32768, 32768))];
        byte[] file = Write([.. expected.Select(v => v / 32768f)], SampleEncoding.Pcm16);
        Assert.Equal(expected, Words16(file, 44));
    }

    // What a fade at both ends of an otherwise untouched recording must not change.
    [Fact]
    public void Untouched_stretches_of_more_than_50_ms_stay_bit_for_bit_and_shorter_ones_get_dither()
    {
        float[] samples = new float[5000];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (i % 2 == 0 ? 100 : -100) / 32768f;
        }

        samples[0] = samples[1000] = samples[4999] = 0.1f;
        short[] words = Words16(Write(samples, SampleEncoding.Pcm16), 44);
        int[] moved =
        [
            .. Enumerable
                .Range(0, 5000)
                .Where(i => i is not (0 or 1000 or 4999) && words[i] != (i % 2 == 0 ? 100 : -100)),
        ];
        Assert.InRange(moved.Length, 150, 350); // TPDF moves 1 in 4
        Assert.All(moved, i => Assert.InRange(i, 1, 999));
    }

    [Theory]
    [InlineData(1599)]
    [InlineData(1600)]
    [InlineData(1601)]
    [InlineData(200_000)]
    public void Digital_silence_of_more_than_50_ms_stays_digital_and_shorter_gets_dither(int length)
    {
        float[] samples = new float[length + 200];
        samples.AsSpan(0, 77).Fill(0.01234f);
        samples.AsSpan(77 + length).Fill(0.01234f);
        short[] words = Words16(Write(samples, SampleEncoding.Pcm16), 44);
        Assert.Equal(length > 1600, !words.AsSpan(77, length).ContainsAnyExcept((short)0));
        Assert.All(words[..77].Concat(words[(77 + length)..]), w => Assert.InRange(w, 402, 406));
    }

    [Theory]
    [InlineData(SampleEncoding.Pcm16, 2)]
    [InlineData(SampleEncoding.Pcm24, 3)]
    [InlineData(SampleEncoding.IeeeFloat, 4)]
    public void Blocks_leave_no_seams_and_sizes_are_exact_at_any_length(SampleEncoding encoding, int sampleSize)
    {
        float[] samples = WhiteNoise.Uniform(400_003, seed: 3, amplitude: 0.5);
        byte[] whole = Write(samples, encoding);
        foreach (int length in new[] { 0, 1, 2, 7, 8, 9, 1023, 1025, 131_071, 131_072, 131_073 })
        {
            byte[] part = Write(samples[..length], encoding);
            int header = part.Length - (length * sampleSize) - (length * sampleSize % 2);
            Assert.Equal(
                whole[header..(header + (length * sampleSize))],
                part[header..(header + (length * sampleSize))]);
            Assert.Equal(part.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(part.AsSpan(4)));
            Assert.Equal(length * sampleSize, BinaryPrimitives.ReadInt32LittleEndian(part.AsSpan(header - 4)));
        }
    }

    [Fact]
    public void The_same_clip_gives_the_same_bytes_and_another_id_another_dither()
    {
        float[] samples = WhiteNoise.Uniform(5000, seed: 3, amplitude: 0.5);
        using var a = AudioClip.FromSamples("a/take.wav", 32000, samples);
        using var b = AudioClip.FromSamples("b/take.wav", 32000, samples);
        byte[] first = Write(a), second = Write(a), other = Write(b);
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.Equal(samples, a.Samples.ToArray());

        static byte[] Write(AudioClip clip)
        {
            using var stream = new MemoryStream();
            Assert.Equal(10_044, WavWriter.Write(stream, clip, SampleEncoding.Pcm16));
            return stream.ToArray();
        }
    }

    [Fact]
    public void A_pipe_gets_the_same_bytes_as_a_file()
    {
        float[] samples = WhiteNoise.Uniform(200_000, seed: 3, amplitude: 0.5);
        using var stream = new OneWayStream();
        WavWriter.Write(stream, samples, 32000, SampleEncoding.Pcm16, "x");
        Assert.Equal(Write(samples, SampleEncoding.Pcm16), stream.Written.ToArray());
    }

    private static byte[] Write(float[] samples, SampleEncoding encoding, WavInfo? info = null)
    {
        using var stream = new MemoryStream();
        long length = WavWriter.Write(stream, samples, 32000, encoding, "x", info);
        Assert.Equal(stream.Length, length);
        return stream.ToArray();
    }

    private static short[] Words16(byte[] file, int header)
    {
        short[] words = new short[(file.Length - header) / 2];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(header + (2 * i)));
        }

        return words;
    }

    // Neither seekable nor readable, like a pipe.
    private sealed class OneWayStream : Stream
    {
        public MemoryStream Written { get; } = new();

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Written.Write(buffer, offset, count);
    }
}
