using System.Buffers.Binary;
using System.Text;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Aac;
using VoiceClean.Formats.Aiff;
using VoiceClean.Formats.Ffmpeg;
using VoiceClean.Formats.Flac;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Matroska;
using VoiceClean.Formats.Mp3;
using VoiceClean.Formats.Mp4;
using VoiceClean.Formats.Ogg;
using VoiceClean.Formats.Opus;
using VoiceClean.Formats.SoundFile;
using VoiceClean.Formats.Vorbis;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Fuzz;

/// <summary>
/// The parsers of untrusted bytes, each as something that a fuzzer can call: nothing but the declared refusal may come
/// out, every sample is finite, and no more is delivered than a bound.
/// </summary>
public static class FuzzTargets
{
    private const int MostSamples = 1 << 18;

    private static readonly DecodeLimits Limits = new() { MaxDuration = TimeSpan.FromMinutes(10) };

    /// <summary>The targets by name; each has a folder of that name in the corpus.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } =
        new Dictionary<string, Action<byte[]>>(StringComparer.Ordinal)
        {
            ["wav"] = file => Decode(new WavDecoder(), file),
            ["aiff"] = file => Decode(new AiffDecoder(), file),
            ["flac"] = file => Decode(new FlacDecoder(), file),
            ["aac"] = file => Decode(new AacDecoder(), file),
            ["opus"] = file => Decode(new OpusAudioDecoder(), Sealed(file)),
            ["vorbis"] = file => Decode(new VorbisDecoder(), Sealed(file)),
            ["matroska"] = file => Decode(new MatroskaDecoder(), file),
            ["mp3"] = file => Decode(new Mp3Decoder(), file),
            ["tracks"] = Tracks,
            ["transcripts"] = TextTargets.Transcripts,
            ["lists"] = TextTargets.Lists,
            ["configuration"] = TextTargets.Configuration,
        };

    /// <summary>The corpus beside the program: target and file.</summary>
    public static IEnumerable<(string Target, string Path)> Corpus() =>
        All.Keys.SelectMany(target =>
            Directory
                .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Corpus", target))
                .Order(StringComparer.Ordinal)
                .Select(path => (target, path)));

    /// <summary>A copy with a few changes, the same for the same seed.</summary>
    public static byte[] Mutate(byte[] file, Random random)
    {
        byte[] mutant = [.. file];
        for (int i = random.Next(1, 6); i > 0 && mutant.Length > 8; i--)
        {
            int at = random.Next(random.Next(2) == 0 ? Math.Min(200, mutant.Length) : mutant.Length);
            int other = random.Next(mutant.Length);
            switch (random.Next(6))
            {
                case 0:
                    mutant[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    mutant[at] = (byte)random.Next(256);
                    break;
                case 2:
                    mutant.AsSpan(at, Math.Min(4, mutant.Length - at)).Fill((byte)(random.Next(2) * 255));
                    break;
                case 3:
                    mutant = mutant[..Math.Max(1, at)];
                    break;
                case 4:
                    mutant = [.. mutant[..at], .. mutant[Math.Min(mutant.Length, at + random.Next(1, 40))..]];
                    break;
                case 5:
                    int count = Math.Min(random.Next(1, 64), mutant.Length - Math.Max(at, other));
                    mutant.AsSpan(other, count).CopyTo(mutant.AsSpan(at));
                    break;
            }
        }

        return mutant;
    }

    /// <summary>With right checksums on its Ogg pages, or nothing would come past them.</summary>
    private static byte[] Sealed(byte[] file)
    {
        byte[] copy = [.. file];
        for (int at = 0; (at = Next(copy, at)) >= 0; at++)
        {
            int segments = copy[at + 26], length = 27 + segments;
            for (int i = 0; i < segments && at + 27 + i < copy.Length; i++)
            {
                length += copy[at + 27 + i];
            }

            if (at + length <= copy.Length)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(
                    copy.AsSpan(at + 22),
                    OggChecksum.Of(copy.AsSpan(at, length)));
            }
        }

        return copy;

        static int Next(byte[] bytes, int from)
        {
            int found = bytes.AsSpan(from).IndexOf("OggS"u8);
            return found >= 0 && from + found + 27 < bytes.Length ? from + found : -1;
        }
    }

    /// <summary>What only tells what a file holds: its kind, its tracks, its declared length.</summary>
    private static void Tracks(byte[] file)
    {
        using var stream = new MemoryStream(file);
        byte[] header = Header.Read(stream, Id3Tag.Skip(stream));
        _ = ContentType.Of(header);
        _ = ContentType.NameOfOther(header);
        _ = OggStart.CountAudio(header);
        _ = MatroskaHeader.Read(stream);
        _ = Mp4Movie.Read(stream, withSamples: true).Describe();
        _ = Mp4Length.Of(stream);
        foreach (string container in (string[])["aiff", "caf", "au"])
        {
            _ = DeclaredData.Excess(stream, 0, container);
        }

        var places = new FfmpegPlaces();
        _ = places.ReadLines(file);
        _ = FfmpegTracks.Parse(Encoding.UTF8.GetString(file));
    }

    private static void Decode(IAudioDecoder decoder, byte[] file)
    {
        if (!decoder.Recognizes(file.AsSpan(0, Math.Min(4096, file.Length))))
        {
            return;
        }

        try
        {
            using IAudioReader reader = new FiniteReader(decoder.Open(new MemoryStream(file), Limits));
            float[] block = new float[64 * 64];
            int want = block.Length / reader.Format.Channels * reader.Format.Channels;
            for (int samples = 0, count; samples < MostSamples; samples += count)
            {
                count = reader.Read(block.AsSpan(0, want));
                if (count == 0)
                {
                    break;
                }

                if (count < 0 || count > want || count % reader.Format.Channels != 0)
                {
                    throw new InvalidOperationException($"Read returned {count} of {want}.");
                }
            }

            _ = reader.Warnings;
        }
        catch (InputException)
        {
            // Refused with a reason: what a parser may do.
        }
    }
}
