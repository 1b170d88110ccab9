using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using VoiceClean.Formats.Mp4;
using VoiceClean.Formats.Ogg;
using Xunit;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>
/// Replays the corpus and mutates it, the same way every time. VOICECLEAN_FUZZ_SECONDS=600 goes on for ten minutes with
/// other seeds.
/// </summary>
public class WavFuzzTests
{
    private const int RunsPerFile = 400;

    private static readonly uint[] Interesting =
    [
        0,
        1,
        2,
        3,
        7,
        16,
        17,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFE,
        0xFFFF,
        0x10000,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFF0,
        0xFFFFFFFF,
    ];

    private static string[] Corpus =>
        [
            .. Directory
                .GetFiles(Path.Combine(AppContext.BaseDirectory, "Formats", "Wav", "Corpus"))
                .Order(StringComparer.Ordinal),
        ];

    [Fact]
    public void Every_file_of_the_corpus_is_read_or_refused()
    {
        Assert.True(Corpus.Length >= 20);
        foreach (string path in Corpus)
        {
            // The name tells what must come out: "ok-…" samples, anything else its refusal.
            (int samples, string? refusal) = WavFuzzTarget.Run(File.ReadAllBytes(path));
            string name = Path.GetFileName(path);
            Assert.True(
                name.StartsWith("ok-", StringComparison.Ordinal) ? samples > 0 && refusal is null : refusal is not null,
                $"{name}: {samples} samples, {refusal}");
        }
    }

    [Fact]
    public void Mutations_of_the_corpus_are_read_or_refused()
    {
        double seconds = double.Parse(
            Environment.GetEnvironmentVariable("VOICECLEAN_FUZZ_SECONDS") ?? "0",
            CultureInfo.InvariantCulture);
        byte[][] files = [.. Corpus.Select(File.ReadAllBytes)];
        var clock = Stopwatch.StartNew();
        int seed = 1;
        do
        {
            foreach (byte[] file in files)
            {
                var random = new Random(seed++);
                for (int run = 0; run < RunsPerFile; run++)
                {
                    byte[] mutant = Mutate(file, random);
                    try
                    {
                        WavFuzzTarget.Run(mutant);
                    }
                    catch (Exception e)
                    {
                        string kept = Path.Combine(Path.GetTempPath(), "voiceclean-fuzz-failure.wav");
                        File.WriteAllBytes(kept, mutant);
                        throw new InvalidOperationException($"A mutant escaped; it is kept as {kept}.", e);
                    }
                }
            }
        }
        while (clock.Elapsed.TotalSeconds < seconds);
    }

    [Fact]
    public void Random_bits_as_floats_come_out_finite()
    {
        var random = new Random(5);
        for (int file = 0; file < 100; file++)
        {
            byte[] data = new byte[4000];
            random.NextBytes(data);
            Assert.Equal((1000, null), WavFuzzTarget.Run(new WavBuilder { Tag = 3, Bits = 32 }.Build(data)));
        }
    }

    [Fact]
    public void The_walks_through_MP4_and_Ogg_end_on_any_bytes()
    {
        var random = new Random(6);
        byte[] mp4 =
        [
            0,
            0,
            0,
            60,
            .. "moov"u8,
            0,
            0,
            0,
            52,
            .. "trak"u8,
            0,
            0,
            0,
            44,
            .. "mdia"u8,
            0,
            0,
            0,
            36,
            .. "mdhd"u8,
            .. new byte[28],
        ];
        byte[] ogg =
        [
            .. "OggS"u8,
            0,
            2,
            .. new byte[20],
            1,
            30,
            .. new byte[30],
            .. "OggS"u8,
            0,
            4,
            .. new byte[20],
            0,
        ];
        for (int run = 0; run < 20_000; run++)
        {
            Mp4Length.Of(new MemoryStream(Mutate(mp4, random)));
            OggPages.IsWhole(new MemoryStream(Mutate(ogg, random)), 0);
        }
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        byte[] mutant = [.. file];
        int header = Math.Min(mutant.Length, 200);      // headers are where the trouble is
        for (int i = random.Next(1, 5); i > 0 && mutant.Length > 8; i--)
        {
            int at = random.Next(4) == 0 ? random.Next(mutant.Length) : random.Next(Math.Min(header, mutant.Length));
            switch (random.Next(7))
            {
                case 0:
                    mutant[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutant[at] = (byte)random.Next(256);
                    break;
                case 2 when at + 4 <= mutant.Length:
                    BinaryPrimitives.WriteUInt32LittleEndian(
                        mutant.AsSpan(at),
                        Interesting[random.Next(Interesting.Length)]);
                    break;
                case 3 when at + 2 <= mutant.Length:
                    BinaryPrimitives.WriteUInt16LittleEndian(
                        mutant.AsSpan(at),
                        (ushort)Interesting[random.Next(Interesting.Length)]);
                    break;
                case 4:
                    mutant = mutant[..at];
                    break;
                case 5:
                    mutant = [.. mutant[..at], .. mutant[random.Next(at + 1)..at], .. mutant[at..]];
                    break;
                case 6:
                    mutant = [.. mutant[..at], .. mutant[Math.Min(mutant.Length, at + random.Next(1, 40))..]];
                    break;
            }
        }

        return mutant;
    }
}
