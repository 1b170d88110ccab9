using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Inspection;

/// <summary>
/// Loads a recording; of several audio tracks the one with the speech. Each is listened to by itself, as the judge
/// does, and what is not clear is said.
/// </summary>
internal static class TrackLoader
{
    // Enough to find speech; the rate changes nothing that decides.
    private const int ListeningRate = 16_000;

    // Speech of so much less than the most is not the speech that is meant.
    internal const double Comparable = 0.5;

    // Longer and longer, until somebody speaks; the last is the whole.
    private static readonly TimeSpan?[] Stretches = [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), null];

    /// <summary>Decodes a recording to mono at the rate of the options.</summary>
    /// <param name="stream">Readable; owned and disposed of here, as by <see cref="ClipLoader"/>.</param>
    /// <param name="id">Relative path with '/', becomes <see cref="AudioClip.Id"/>.</param>
    /// <param name="options">Rate, channel, track and limits.</param>
    /// <param name="decoders">Who may read it.</param>
    /// <param name="cancellation">Checked at every block.</param>
    /// <param name="threads">Becomes <see cref="AudioClip.Threads"/>.</param>
    /// <returns>The clip; with a <see cref="TrackList"/> if there are several audio tracks, and with a warning if
    /// nobody has chosen one.</returns>
    /// <exception cref="InputException">Empty, unsupported, corrupt, longer than the limits allow, or there is no such
    /// track.</exception>
    public static AudioClip Load(
        Stream stream,
        string id,
        LoadOptions options,
        AudioDecoders decoders,
        CancellationToken cancellation,
        int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(decoders);
        Stream input = InputSpool.MakeSeekable(stream, cancellation);
        IReadOnlyList<AudioTrack> tracks;
        try
        {
            tracks = decoders.TracksOf(input);
            RefuseMissing(options.Track, tracks.Count);
        }
        catch
        {
            input.Dispose();
            throw;
        }

        if (tracks.Count < 2)
        {
            return ClipLoader.Load(input, id, options with { Track = null }, decoders, cancellation, threads);
        }

        using (input)
        {
            var list = options.Track is { } number
                ? new TrackList([.. tracks.Select(t => new HeardTrack(t) { IsUsed = t.Number == number })])
                : Choose(tracks, track => Listen(input, track, options, decoders, cancellation));
            LoadOptions chosen = options with { Track = list.Used.Track.Number };
            input.Position = 0;
            AudioClip clip =
                ClipLoader.Load(new BorrowedStream(input), id, chosen, decoders, cancellation, threads);
            clip.Findings.Set(list);
            if (options.Track is null)
            {
                clip.Warn(WarningCodes.SeveralTracks, list.Sentence);
            }

            return clip;
        }
    }

    /// <summary>Decides by what was heard.</summary>
    /// <param name="tracks">At least two.</param>
    /// <param name="listen">Speech of a track in the beginning of the recording, and whether that was all of it.
    /// </param>
    private static TrackList Choose(
        IReadOnlyList<AudioTrack> tracks,
        Func<(AudioTrack Track, TimeSpan? Stretch), (double SpeechS, bool IsWhole)> listen)
    {
        var heard = new (double SpeechS, bool IsWhole)[tracks.Count];
        foreach (TimeSpan? stretch in Stretches)
        {
            for (int i = 0; i < heard.Length; i++)
            {
                heard[i] = heard[i].IsWhole ? heard[i] : listen((tracks[i], stretch));
            }

            if (heard.Any(h => h.SpeechS > 0))
            {
                break;
            }
        }

        double most = heard.Max(h => h.SpeechS);
        AudioTrack[] speaking = [.. tracks.Where((_, i) => heard[i].SpeechS >= Comparable * most)];
        AudioTrack used = Array.Find(speaking, t => t.IsDefault) ?? speaking[0];
        return new TrackList(
            [.. tracks.Select((t, i) => new HeardTrack(t) { SpeechS = heard[i].SpeechS, IsUsed = t == used })]);
    }

    private static (double SpeechS, bool IsWhole) Listen(
        Stream input,
        (AudioTrack Track, TimeSpan? Stretch) part,
        LoadOptions options,
        AudioDecoders decoders,
        CancellationToken cancellation)
    {
        input.Position = 0;
        try
        {
            using AudioClip clip = ClipLoader.Load(
                new BorrowedStream(input),
                "",
                options with { Track = part.Track.Number, Stretch = part.Stretch, SampleRate = ListeningRate },
                decoders,
                cancellation);
            Measurements measured = Inspector.MeasureSpeech(clip, new RemovableNoise(), cancellation);
            bool isSpeech = !Judge.Assess(measured, new QualityGateOptions()).Findings.Any(f =>
                f.Code is ReasonCodes.Silent or ReasonCodes.NoSpeech or ReasonCodes.TooShort);
            return (
                isSpeech ? measured.SpeechS ?? 0 : 0,
                part.Stretch is null || clip.Duration < part.Stretch);
        }
        catch (InputException)
        {
            return (-1, true);       // not to be read; if it is used all the same, loading says why
        }
    }

    private static void RefuseMissing(int? asked, int count)
    {
        int tracks = Math.Max(1, count);
        if (asked > tracks)
        {
            throw new InputException(
                ReasonCodes.NoSuchTrack,
                $"The file has {(tracks == 1 ? "one audio track" : $"{tracks} audio tracks")}; there is no track "
                    + $"{asked}.");
        }
    }
}
