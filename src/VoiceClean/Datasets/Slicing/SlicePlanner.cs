using VoiceClean.Audio;

namespace VoiceClean.Datasets.Slicing;

/// <summary>
/// Chooses among all ways to put consecutive pieces of speech together the one with the least cost whose clips all keep
/// the limits: dynamic programming over the ends of clips, as in the breaking of paragraphs into lines (Knuth and
/// Plass, Software: Practice and Experience 11, 1981). The time grows with the number of pieces times the number of
/// pieces in the longest clip.
/// </summary>
internal sealed class SlicePlanner
{
    private readonly IReadOnlyList<SpeechPiece> _pieces;
    private readonly SliceOptions _options;
    private readonly int _rate, _min, _max, _maxPause, _shortened, _padBefore, _padAfter, _maxPad;
    private readonly int[] _gaps;            // before each piece, and behind the last one [sample]
    private readonly long[] _starts;         // where each piece begins once the pauses are shortened [sample]
    private readonly double[] _distances;    // sum of the costs of the gaps before each piece
    private readonly bool[] _isInSentence;   // whether a cut before each piece falls into a sentence

    /// <summary>Prepares the sums.</summary>
    /// <param name="pieces">The pieces, ascending; at least one.</param>
    /// <param name="length">Length of the recording [sample].</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="options">Limits, target and pads.</param>
    public SlicePlanner(IReadOnlyList<SpeechPiece> pieces, int length, int sampleRate, SliceOptions options)
    {
        (_pieces, _options, _rate) = (pieces, options, sampleRate);
        _min = (int)Math.Ceiling(options.MinLength.TotalSeconds * sampleRate);
        _max = InSamples(options.MaxLength);
        _maxPause = InSamples(options.MaxPause);
        _shortened = InSamples(options.ShortenedPause);
        _padBefore = InSamples(options.PadBefore);
        _padAfter = InSamples(options.PadAfter);
        _maxPad = Math.Max(InSamples(options.MaxPad), Math.Max(_padBefore, _padAfter));
        _gaps = new int[pieces.Count + 1];
        _starts = new long[pieces.Count];
        _distances = new double[pieces.Count];
        for (int k = 0; k < pieces.Count; k++)
        {
            _gaps[k] = pieces[k].Range.Start - (k == 0 ? 0 : pieces[k - 1].Range.End);
            if (k > 0)
            {
                _starts[k] = _starts[k - 1] + pieces[k - 1].Range.Length + Shortened(_gaps[k]);
                _distances[k] = _distances[k - 1] + SliceCosts.Distance((double)_gaps[k] / sampleRate);
            }
        }

        _gaps[^1] = length - pieces[^1].Range.End;
        _isInSentence = Sentences.FindCuts(pieces, options.Sentences, sampleRate);
    }

    /// <summary>The longest a piece may be so that it makes a clip together with its pads [sample].</summary>
    public static int LongestPiece(SliceOptions options, int sampleRate)
        => (int)((options.MaxLength - options.PadBefore - options.PadAfter).TotalSeconds * sampleRate);

    /// <summary>The best plan.</summary>
    public SlicePlan Plan()
    {
        int n = _pieces.Count;
        if (_options.KeepWhole && Length(0, n, out _, out _) is int whole && whole >= _min && whole <= _max)
        {
            return new SlicePlan([MakeSlice(0, n)], [], _pieces.Sum(p => (long)p.Range.Length));
        }

        double[] best = new double[n + 1];
        int[] from = new int[n + 1];             // where the clip that ends here begins; -1 = the last piece is dropped
        for (int end = 1; end <= n; end++)
        {
            double cut =
                end == n ? 0
                : _gaps[end] > 0 ? SliceCosts.PauseCut((double)_gaps[end] / _rate)
                : _pieces[end - 1].CutCost;
            cut += end < n && _isInSentence[end] ? SliceCosts.SentenceCut : 0;
            best[end] =
                best[end - 1]
                + SliceCosts.DropBase
                + (SliceCosts.DropPerSecond * _pieces[end - 1].Range.Length / _rate);
            from[end] = -1;
            for (int start = end - 1; start >= 0; start--)
            {
                int length = Length(start, end, out _, out _);
                if (length > _max)
                {
                    break;               // longer ones are longer still
                }

                if (length < _min)
                {
                    continue;
                }

                double cost =
                    best[start]
                    + cut
                    + SliceCosts.Length((double)length / _rate, _options)
                    + _distances[end - 1]
                    - _distances[start];
                if (cost < best[end])
                {
                    best[end] = cost;
                    from[end] = start;
                }
            }
        }

        return Collect(from);
    }

    private SlicePlan Collect(int[] from)
    {
        var slices = new List<Slice>();
        var dropped = new List<DroppedStretch>();
        for (int end = _pieces.Count; end > 0;)
        {
            int start = from[end];
            if (start >= 0)
            {
                slices.Add(MakeSlice(start, end));
                end = start;
                continue;
            }

            // Neighbours that touch are one stretch.
            int first = end - 1;
            while (first > 0 && from[first] < 0 && _gaps[first] == 0)
            {
                first--;
            }

            Pads(first, end, out int left, out int right);
            dropped.Add(
                new DroppedStretch(
                    new SampleRange(_pieces[first].Range.Start - left, _pieces[end - 1].Range.End + right),
                    Sum(first, end),
                    DropReasons.TooShort));
            end = first;
        }

        slices.Reverse();
        dropped.Reverse();
        return new SlicePlan(slices, dropped, _pieces.Sum(p => (long)p.Range.Length));
    }

    private Slice MakeSlice(int start, int end)
    {
        Length(start, end, out int left, out int right);
        var ranges = new List<SampleRange>();
        var speech = new List<SampleRange>();
        int from = _pieces[start].Range.Start - left;
        for (int k = start; k < end; k++)
        {
            if (k > start && _gaps[k] > _maxPause)
            {
                // What is left of a pause is shared like the pads.
                int behind = (int)((long)_shortened * _padAfter / Math.Max(1, _padBefore + _padAfter));
                ranges.Add(new SampleRange(from, _pieces[k - 1].Range.End + behind));
                from = _pieces[k].Range.Start - (_shortened - behind);
            }

            SampleRange piece = _pieces[k].Range;
            if (speech.Count > 0 && speech[^1].End == piece.Start)
            {
                speech[^1] = new SampleRange(speech[^1].Start, piece.End);
            }
            else
            {
                speech.Add(piece);
            }
        }

        ranges.Add(new SampleRange(from, _pieces[end - 1].Range.End + right));
        return new Slice(ranges, Kind(start), Kind(end), speech);
    }

    private CutKind Kind(int boundary) =>
        boundary == 0 || boundary == _pieces.Count || _gaps[boundary] > 0 ? CutKind.Pause : CutKind.QuietPoint;

    // Length of the clip of the pieces [start, end) with its pads, which grow if that makes it long enough.
    private int Length(int start, int end, out int left, out int right)
    {
        Pads(start, end, out left, out right);
        long inner = _starts[end - 1] + _pieces[end - 1].Range.Length - _starts[start];
        long length = inner + left + right;
        if (length < _min)
        {
            int mostLeft =
                start == 0 ? Math.Min(_maxPad, _gaps[0]) : Math.Max(left, Math.Min(_maxPad, _gaps[start] / 2));
            int mostRight =
                end == _pieces.Count
                    ? Math.Min(_maxPad, _gaps[end])
                    : Math.Max(right, Math.Min(_maxPad, _gaps[end] / 2));
            if (inner + mostLeft + mostRight >= _min)
            {
                int missing = (int)(_min - length);
                int toRight = Math.Min(missing, mostRight - right);
                right += toRight;
                left += missing - toRight;
                length = _min;
            }
        }

        return (int)Math.Min(int.MaxValue, length);
    }

    private void Pads(int start, int end, out int left, out int right)
    {
        left = start == 0 ? Math.Min(_padBefore, _gaps[0]) : Math.Min(_padBefore, Share(_gaps[start], _padBefore));
        right =
            end == _pieces.Count
                ? Math.Min(_padAfter, _gaps[end])
                : Math.Min(_padAfter, _gaps[end] - Share(_gaps[end], _padBefore));
    }

    // A pause that is too short for both pads is shared in their ratio.
    private int Share(int gap, int pad) =>
        _padBefore + _padAfter == 0 ? gap / 2 : (int)((long)gap * pad / (_padBefore + _padAfter));

    private int Shortened(int gap) => gap > _maxPause ? _shortened : gap;

    private int Sum(int start, int end) => _pieces.Skip(start).Take(end - start).Sum(p => p.Range.Length);

    private int InSamples(TimeSpan time) => (int)Math.Floor(time.TotalSeconds * _rate);
}
