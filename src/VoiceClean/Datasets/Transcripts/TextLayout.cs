using System.Text;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>A stretch of speech and the clip that holds it.</summary>
/// <param name="StartS">In the source [s].</param>
/// <param name="EndS">In the source [s].</param>
/// <param name="Clip">Number of the clip.</param>
internal readonly record struct SpokenStretch(double StartS, double EndS, int Clip);

/// <summary>What is said in a clip, and how its text came there.</summary>
/// <param name="Text">One line.</param>
/// <param name="Language">Lower case; null = not given.</param>
/// <param name="Fit">One of <see cref="TextFits"/>.</param>
/// <param name="UntoldS">Speech that lies further than half a second from all words of a text with times [s]; null =
/// the text has none.</param>
internal sealed record ClipText(string Text, string? Language, string Fit, double? UntoldS = null);

/// <summary>How the text of a clip was found. Stable codes of the manifest.</summary>
internal static class TextFits
{
    /// <summary>The text of a whole recording that became one clip.</summary>
    public const string Recording = "recording";

    /// <summary>Subtitles or segments that lie wholly in the clip.</summary>
    public const string Segments = "segments";

    /// <summary>By the times of words.</summary>
    public const string Words = "words";

    /// <summary>A segment was divided between clips: whole words, in proportion to the speech.</summary>
    public const string Shared = "shared";

    /// <summary>The clip's own text, from a list of clips.</summary>
    public const string Clip = "clip";

    /// <summary>The clip's own text, from a command for speech recognition.</summary>
    public const string Command = "command";
}

/// <summary>Lays timed text onto clips: each word into exactly one, whole words only, in their order.</summary>
internal sealed class TextLayout
{
    // Subtitles come a little before the voice and go a little after it.
    private const double FarthestS = 1.0, SlackS = 0.3, SlackShare = 0.15;

    // Speech so near to a cue is what it says: recognisers are off by as much.
    private const double BesideS = 0.5;

    private readonly SpokenStretch[] _speech;
    private readonly StringBuilder[] _texts;
    private readonly string?[] _fits;
    private readonly double[] _untold;

    private TextLayout(IEnumerable<SpokenStretch> speech, int clips)
    {
        _speech = [.. speech.OrderBy(s => s.StartS)];
        _texts = [.. Sequence.Range(0, clips).Select(_ => new StringBuilder())];
        _fits = new string?[clips];
        _untold = new double[clips];
    }

    /// <summary>Text that lies where no clip holds speech.</summary>
    public List<Cue> Lost { get; } = [];

    /// <summary>Lays out a text.</summary>
    /// <param name="cues">By their start [s of the source].</param>
    /// <param name="speech">Where speech is in which clip; stretches do not overlap.</param>
    /// <param name="clips">Number of clips.</param>
    public static TextLayout Of(IReadOnlyList<Cue> cues, IEnumerable<SpokenStretch> speech, int clips)
    {
        ArgumentNullException.ThrowIfNull(cues);
        var layout = new TextLayout(speech, clips);
        foreach (Cue cue in cues)
        {
            if (cue.Words.Count > 0)
            {
                layout.LayWords(cue);
            }
            else
            {
                layout.LaySegment(cue);
            }
        }

        layout.FindUntold(cues);
        return layout;
    }

    /// <summary>The text of a clip; null if none fell into it.</summary>
    public ClipText? Of(int clip, string? language) =>
        _texts[clip].Length == 0
            ? null
            : new ClipText(_texts[clip].ToString(), language, _fits[clip]!, _untold[clip]);

    // Subtitles that begin late or leave sentences out: a trainer would take the words for all that is said.
    private void FindUntold(IReadOnlyList<Cue> cues)
    {
        int next = 0;
        double told = double.NegativeInfinity;             // up to here by the cues before
        foreach (SpokenStretch stretch in _speech)
        {
            double at = stretch.StartS;
            while (at < stretch.EndS)
            {
                while (next < cues.Count && cues[next].StartS - BesideS <= at)
                {
                    told = Math.Max(told, cues[next++].EndS + BesideS);
                }

                double until = Math.Min(stretch.EndS, next < cues.Count ? cues[next].StartS - BesideS : stretch.EndS);
                _untold[stretch.Clip] += Math.Max(0, until - Math.Max(at, told));
                at = Math.Max(until, Math.Min(told, stretch.EndS));
            }
        }
    }

    private void LayWords(Cue cue)
    {
        int last = -1;
        var run = new StringBuilder();
        foreach (TimedWord word in cue.Words)
        {
            int clip = Nearest((word.StartS + word.EndS) / 2);
            // Within a sentence time does not run backwards.
            clip = clip >= 0 && last >= 0 ? Math.Max(clip, last) : clip;
            if (clip != last && run.Length > 0)
            {
                Put(last, run.ToString(), TextFits.Words, cue);
                run.Clear();
            }

            run.Append(word.Text);
            last = clip;
        }

        Put(last, run.ToString(), TextFits.Words, cue);
    }

    private void LaySegment(Cue cue)
    {
        var shares = new List<(int Clip, double Seconds)>();
        for (int i = FirstEndingAfter(cue.StartS); i < _speech.Length && _speech[i].StartS < cue.EndS; i++)
        {
            double seconds = Math.Min(cue.EndS, _speech[i].EndS) - Math.Max(cue.StartS, _speech[i].StartS);
            if (shares.Count > 0 && shares[^1].Clip == _speech[i].Clip)
            {
                shares[^1] = (shares[^1].Clip, shares[^1].Seconds + seconds);
            }
            else if (seconds > 0)
            {
                shares.Add((_speech[i].Clip, seconds));
            }
        }

        double total = shares.Sum(s => s.Seconds);
        if (shares.Count > 1)
        {
            double most = shares.Max(s => s.Seconds);
            shares.RemoveAll(s => s.Seconds < most && (s.Seconds < SlackS || s.Seconds < SlackShare * total));
        }

        switch (shares)
        {
            case []:
                Put(Nearest((cue.StartS + cue.EndS) / 2), cue.Text, TextFits.Segments, cue);
                break;
            case [var only]:
                Put(only.Clip, cue.Text, TextFits.Segments, cue);
                break;
            default:
                foreach ((int clip, string text) in TextShares.Divide(cue.Text, shares))
                {
                    Put(clip, text, TextFits.Shared, cue);
                }

                break;
        }
    }

    private void Put(int clip, string text, string fit, Cue cue)
    {
        text = text.Trim(' ');
        if (text.Length == 0)
        {
            return;
        }

        if (clip < 0)
        {
            Lost.Add(cue with { Text = text, Words = [] });
            return;
        }

        StringBuilder there = _texts[clip];
        if (there.Length > 0)
        {
            there.Append(' ');
        }

        there.Append(text);
        // What is least certain is said.
        _fits[clip] = _fits[clip] == TextFits.Shared || fit == TextFits.Shared ? TextFits.Shared
            : _fits[clip] == TextFits.Segments ? TextFits.Segments
            : fit;
    }

    private int Nearest(double time)
    {
        int right = FirstEndingAfter(time);
        double before = right > 0 ? time - _speech[right - 1].EndS : double.PositiveInfinity,
            behind = right < _speech.Length ? Math.Max(0, _speech[right].StartS - time) : double.PositiveInfinity;
        return Math.Min(before, behind) > FarthestS ? -1
            : before < behind ? _speech[right - 1].Clip
            : _speech[right].Clip;
    }

    private int FirstEndingAfter(double time)
    {
        int low = 0, high = _speech.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _speech[middle].EndS <= time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
