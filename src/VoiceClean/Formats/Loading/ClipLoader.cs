using System.Buffers;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Formats.Loading;

/// <summary>
/// Turns a file into a clip: decoder → <see cref="MonoReader"/> → <see cref="ResamplingReader"/> → samples.
/// </summary>
internal static class ClipLoader
{
    // FLAC stores up to 65,535 equal samples in about 12 bytes; no other format comes near.
    private const double MostSamplesInByte = 8192;

    private const int BlockLength = 32 * 1024;

    // Starting threads and waiting for them costs 3 ms of CPU; so much audio is done in 30.
    private const double LeastShared = 20;     // [s]

    /// <summary>Decodes a recording to mono at the rate of the options.</summary>
    /// <param name="stream">Readable; owned and disposed of here. A stream that cannot seek is first copied to a
    /// temporary file.</param>
    /// <param name="id">Relative path with '/', becomes <see cref="AudioClip.Id"/>.</param>
    /// <param name="options">Rate, channel choice and limits.</param>
    /// <param name="decoders">Who may read it.</param>
    /// <param name="cancellation">Checked at every block.</param>
    /// <param name="threads">Becomes <see cref="AudioClip.Threads"/>.</param>
    /// <returns>The clip, with the warnings of the readers an <see cref="InputFormat"/> and a
    /// <see cref="SourceClipping"/> finding; the caller disposes of it.</returns>
    /// <exception cref="InputException">Empty, unsupported, corrupt, or longer than the limits allow.</exception>
    public static AudioClip Load(
        Stream stream,
        string id,
        LoadOptions options,
        AudioDecoders decoders,
        CancellationToken cancellation,
        int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(decoders);
        stream = InputSpool.MakeSeekable(stream, cancellation);
        long bytes = stream.Length;
        using IAudioReader source = decoders.Open(stream, options.Limits, options.Track);
        RefuseDeclaredLength(source, bytes, options.Limits);
        AudioClip clip = Load(source, id, options, cancellation, threads);
        WarnOfWrongExtension(clip, source.Format.Container, decoders);
        return clip;
    }

    /// <summary>Brings what a reader delivers to mono at the rate of the options.</summary>
    /// <param name="source">Any number of channels, finite samples; disposed of here.</param>
    /// <param name="id">Becomes <see cref="AudioClip.Id"/>.</param>
    /// <param name="options">Rate, channel choice and limits.</param>
    /// <param name="cancellation">Checked at every block.</param>
    /// <param name="threads">Becomes <see cref="AudioClip.Threads"/>; of a short recording 1.</param>
    /// <returns>As for the other.</returns>
    /// <exception cref="InputException">Empty, corrupt, or longer than the limits allow.</exception>
    internal static AudioClip Load(
        IAudioReader source,
        string id,
        LoadOptions options,
        CancellationToken cancellation,
        int threads = 1)
    {
        using CancellationTokenRegistration registration = cancellation.Register(() => (source as IAbortable)?.Abort());
        if ((double)(source.SampleCount ?? long.MaxValue) / source.Format.Channels
            < LeastShared * source.Format.SampleRate)
        {
            threads = 1;
        }

        using IAudioReader scaled = ScaleReader.IsOfUse(source.Format) ? new ScaleReader(source) : source;
        using var clipping = new ClippingReader(scaled);
        using var mono = new MonoReader(clipping, options.Channel);
        using var reader = new ResamplingReader(mono, options.SampleRate, threads);
        var samples = new SampleStore();
        float[] block = ArrayPool<float>.Shared.Rent(threads > 1 ? 4 * BlockLength : BlockLength);
        try
        {
            long longest = (long)Math.Min(int.MaxValue, options.Limits.MaxDuration.TotalSeconds * options.SampleRate);
            // By what the file claims, which costs nothing before samples really come: beyond the limit the temporary
            // file at once.
            double wanted = (options.Stretch?.TotalSeconds ?? double.PositiveInfinity) * options.SampleRate;
            samples.Reserve((int)Math.Min(Math.Min(reader.SampleCount ?? 0, wanted), SampleStore.MemoryLimit + 1L));
            for (int count; samples.Length < wanted && (count = reader.Read(block)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                if (samples.Length + (long)count > longest)
                {
                    throw TooLong(options.Limits);
                }

                samples.Append(block.AsSpan(0, count));
            }

            if (samples.Length == 0)
            {
                throw new InputException(
                    ReasonCodes.EmptyFile,
                    "The file contains no audio: not one sample could be decoded.");
            }

            cancellation.ThrowIfCancellationRequested();
            var clip = new AudioClip(id, options.SampleRate, samples) { Threads = threads };
            foreach (Warning warning in reader.Warnings)
            {
                clip.Warn(warning.Code, warning.Message);
            }

            clip.Findings.Set(clipping.Found(mono.IsUsed).With(clip.ReadOnlySamples, clip.Statistics));
            NoteGaps(clip, source);
            clip.Findings.Set(
                new InputFormat(
                    source.Format,
                    TimeSpan.FromSeconds((double)mono.Delivered / source.Format.SampleRate),
                    mono.Decision ?? "mono",
                    (source as FiniteReader)?.Repaired ?? 0));
            return clip;
        }
        catch
        {
            samples.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
        }
    }

    private static void NoteGaps(AudioClip clip, IAudioReader source)
    {
        if (source is IGapReader { Gaps: { Count: > 0 } gaps })
        {
            double rate = source.Format.SampleRate;
            clip.Findings.Set(
                new DamagedPlaces([.. gaps.Select(g => (g.Position / rate, (g.Position + g.Length) / rate))]));
        }
    }

    /// <summary>
    /// A recording that is longer than allowed by its own word is refused before it is decoded, unless so few bytes
    /// cannot hold so many samples.
    /// </summary>
    private static void RefuseDeclaredLength(IAudioReader source, long bytes, DecodeLimits limits)
    {
        double frames = (double)(source.SampleCount ?? 0) / source.Format.Channels;
        if (frames / source.Format.SampleRate > limits.MaxDuration.TotalSeconds && frames / MostSamplesInByte <= bytes)
        {
            throw TooLong(limits);
        }
    }

    private static InputException TooLong(DecodeLimits limits)
    {
        TimeSpan most = limits.MaxDuration;
        string length = most >= TimeSpan.FromHours(1) ? FormattableString.Invariant($"{most.TotalHours:0.##} h")
            : most >= TimeSpan.FromMinutes(1) ? FormattableString.Invariant($"{most.TotalMinutes:0.##} min")
            : FormattableString.Invariant($"{most.TotalSeconds:0.###} s");
        return new(ReasonCodes.TooLong, $"The recording is longer than {length}; cut it into parts.");
    }

    private static void WarnOfWrongExtension(AudioClip clip, string container, AudioDecoders decoders)
    {
        if (decoders.IsBelied(clip.Id, container))
        {
            string extension = Path.GetExtension(clip.Id).TrimStart('.').ToLowerInvariant();
            clip.Warn(
                WarningCodes.WrongExtension,
                $"The file is called .{extension} but is {container.ToUpperInvariant()}; it was read as what it is.");
        }
    }
}
