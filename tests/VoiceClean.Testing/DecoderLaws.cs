using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;

namespace VoiceClean.Testing;

/// <summary>
/// What every decoder must keep, whoever wrote it, checked on a few well-formed files of its formats (a second or two
/// each). Use it as <see cref="StageLaws"/> shows. Where the decoder misses a program or library, all is skipped.
/// </summary>
public sealed class DecoderLaws : Laws
{
    private readonly Func<IAudioDecoder> _create;
    private readonly Lazy<IReadOnlyList<(string Name, byte[] Content)>> _files;

    /// <summary>For one decoder.</summary>
    /// <param name="create">Makes the decoder.</param>
    /// <param name="files">Makes the files: name for messages, content. Called once, when first needed.</param>
    public DecoderLaws(Func<IAudioDecoder> create, Func<IReadOnlyList<(string Name, byte[] Content)>> files)
    {
        _create = create;
        _files = new(files);
        Add("It recognises its files by their first bytes and nothing else", Recognises);
        Add("The samples are finite and the same for any size of a block", IgnoresBlocks);
        Add("Behind the end there is nothing more", Ends);
        Add("More channels or a higher rate than allowed are refused", KeepsLimits);
        Add("A file cut off anywhere ends, or is refused with a reason", TakesCutFiles);
        Add("A damaged file ends, or is refused with a reason", TakesDamagedFiles);
        Add("The reader disposes of its stream, also before the end; a refusal leaves it open", OwnsStream);
        Add("One instance shared by threads gives the samples of a single thread", IsShared);
    }

    /// <summary>At how many lengths each file is cut off, default 40; fewer where opening is dear.</summary>
    public int Cuts { get; init; } = 40;

    /// <summary>How many times each file is damaged, default 40.</summary>
    public int Damages { get; init; } = 40;

    private IAudioDecoder Decoder
    {
        get
        {
            IAudioDecoder decoder = _create();
            return decoder.Missing is { } missing ? throw new TestSkippedException(missing.HowToInstall) : decoder;
        }
    }

    private void Recognises()
    {
        IAudioDecoder decoder = Decoder;
        foreach ((string name, byte[] content) in _files.Value)
        {
            ReadOnlySpan<byte> header = content.AsSpan(0, Math.Min(4096, content.Length));
            Require(decoder.Recognizes(header), $"{name} is not recognised.");
        }

        Require(!decoder.Recognizes([]), "An empty file is recognised.");
        Require(!decoder.Recognizes(new byte[4096]), "Zeros are recognised.");
        Require(!decoder.Recognizes("<html>This is not audio.</html>"u8), "Text is recognised.");
    }

    private void IgnoresBlocks()
    {
        foreach ((string name, byte[] content) in _files.Value)
        {
            float[] whole = Read(Decoder, content, 65_536);
            Require(whole.Length > 0, $"{name} has no samples.");
            RequireFinite(whole, name);
            foreach (int frames in (int[])[1, 7, 1000])
            {
                Require(SameBits(whole, Read(Decoder, content, frames)), $"{name} differs in blocks of {frames}.");
            }
        }
    }

    private void Ends()
    {
        foreach ((string name, byte[] content) in _files.Value)
        {
            using IAudioReader reader = Decoder.Open(new MemoryStream(content), new DecodeLimits());
            _ = Drain(reader, 4096);
            Require(reader.Read(new float[64 * reader.Format.Channels]) == 0, $"{name} goes on behind its end.");
        }
    }

    private void KeepsLimits()
    {
        foreach ((string name, byte[] content) in _files.Value)
        {
            AudioFormat format;
            using (IAudioReader reader = Decoder.Open(new MemoryStream(content), new DecodeLimits()))
            {
                format = reader.Format;
            }

            if (format.Channels > 1)
            {
                Refuses(name, content, new DecodeLimits { MaxChannels = format.Channels - 1 });
            }

            Refuses(name, content, new DecodeLimits { MaxSampleRate = format.SampleRate - 1 });
        }
    }

    private void Refuses(string name, byte[] content, DecodeLimits limits)
    {
        try
        {
            using IAudioReader reader = Decoder.Open(new MemoryStream(content), limits);
        }
        catch (InputException)
        {
            return;
        }

        throw new LawBrokenException(
            $"{name} is opened beyond the limits of {limits.MaxChannels} channels and {limits.MaxSampleRate} Hz.");
    }

    private void TakesCutFiles()
    {
        foreach ((string name, byte[] content) in _files.Value)
        {
            int whole = Read(Decoder, content, 4096).Length;
            for (int cut = 0; cut < Cuts; cut++)
            {
                // The first bytes one by one, where headers are; then all over the file.
                int length = cut < Cuts / 2 ? cut * 4 : (int)((long)content.Length * (cut - (Cuts / 2)) / (Cuts / 2));
                string where = $"{name} cut off at byte {length}";
                int read = ReadAnything(content[..Math.Min(length, content.Length)], where);
                Require(read <= whole, $"{where} has {read} samples, the whole file {whole}.");
            }
        }
    }

    private void TakesDamagedFiles()
    {
        var random = new Random(1);
        foreach ((string name, byte[] content) in _files.Value)
        {
            for (int damage = 0; damage < Damages; damage++)
            {
                byte[] damaged = [.. content];
                for (int i = 0; i < 20; i++)
                {
                    // Every other time in the head, where the trouble is.
                    int end = damage % 2 == 0 ? Math.Min(200, damaged.Length) : damaged.Length;
                    damaged[random.Next(end)] = (byte)random.Next(256);
                }

                ReadAnything(damaged, $"{name}, damaged in the way {damage}");
            }
        }
    }

    /// <summary>How many samples there were: finite ones, or a refusal with a reason.</summary>
    private int ReadAnything(byte[] content, string where)
    {
        const int MostSamples = 1 << 22;        // a damaged header may claim anything
        int count = 0;
        IAudioDecoder decoder = Decoder;
        RequireEnd(() =>
        {
            try
            {
                using IAudioReader reader = decoder.Open(new MemoryStream(content), new DecodeLimits());
                float[] block = new float[256 * reader.Format.Channels];
                for (int read; count < MostSamples && (read = reader.Read(block)) > 0; count += read)
                {
                    RequireFinite(block.AsSpan(0, read), where);
                }
            }
            catch (VoiceCleanException e)
            {
                Require(e.Message.Length > 0 && e.Code.Length > 0, $"{where} is refused without a reason.");
            }
        }, where);
        return count;
    }

    private void OwnsStream()
    {
        foreach ((string name, byte[] content) in _files.Value)
        {
            var stream = new MemoryStream(content);
            using (IAudioReader reader = Decoder.Open(stream, new DecodeLimits()))
            {
                _ = reader.Read(new float[reader.Format.Channels]);
            }

            Require(!stream.CanRead, $"{name}: the reader does not dispose of its stream.");
            var refused = new MemoryStream(content);
            try
            {
                using IAudioReader reader = Decoder.Open(refused, new DecodeLimits { MaxSampleRate = 1 });
            }
            catch (InputException)
            {
                Require(refused.CanRead, $"{name}: a refusal closes the stream, which the next decoder still needs.");
            }
        }
    }

    private void IsShared()
    {
        IAudioDecoder shared = Decoder;
        foreach ((string name, byte[] content) in _files.Value)
        {
            float[] alone = Read(Decoder, content, 1000);
            bool[] same = new bool[4];
            Parallel.For(0, same.Length, i => same[i] = SameBits(alone, Read(shared, content, 1000)));
            Require(same.All(s => s), $"{name} differs when four threads share the decoder.");
        }
    }

    private static float[] Read(IAudioDecoder decoder, byte[] content, int blockFrames)
    {
        using IAudioReader reader = decoder.Open(new MemoryStream(content), new DecodeLimits());
        return Drain(reader, blockFrames);
    }

    private static float[] Drain(IAudioReader reader, int blockFrames)
    {
        AudioFormat format = reader.Format;
        var samples = new List<float>();
        float[] block = new float[blockFrames * format.Channels];
        for (int count; (count = reader.Read(block)) > 0;)
        {
            Require(count % format.Channels == 0, $"A read of {count} samples is no whole frame.");
            Require(reader.Format == format, "The format changes while it is read.");
            samples.AddRange(block.AsSpan(0, count));
        }

        return [.. samples];
    }
}
