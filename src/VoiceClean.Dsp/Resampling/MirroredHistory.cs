namespace VoiceClean.Dsp.Resampling;

/// <summary>
/// The part of a stream that outputs to come may still need. Before the first and behind the last sample it is
/// continued by its mirror image.
/// </summary>
internal sealed class MirroredHistory
{
    private readonly int _reach, _slack;
    private int _filled;

    /// <summary>Begins a stream.</summary>
    /// <param name="reach">Samples before and after an output that it depends on.</param>
    /// <param name="slack">Readable samples behind the last one, whatever they are: rows of coefficients end in
    /// zeros.</param>
    /// <param name="capacity">Room to begin with [sample]; it grows if the caller writes more than it reads.</param>
    public MirroredHistory(int reach, int slack, int capacity)
    {
        (_reach, _slack, _filled, Start) = (reach, slack, reach, -reach);
        Samples = new float[capacity];
    }

    /// <summary>Mirrored or real input; the first has the index <see cref="Start"/> in the stream.</summary>
    public float[] Samples { get; private set; }

    /// <summary>Index in the stream of the first sample kept; negative in the mirror image of the beginning.</summary>
    public long Start { get; private set; }

    /// <summary>Samples of the stream so far.</summary>
    public long Received { get; private set; }

    /// <summary>True once the mirror image of the beginning is made.</summary>
    public bool HasBeginning { get; private set; }

    /// <summary>Takes the next samples of the stream.</summary>
    /// <param name="samples">Any number.</param>
    /// <param name="needed">Index of the first sample that an output still needs; those before may be dropped.</param>
    public void Write(ReadOnlySpan<float> samples, long needed)
    {
        Append(samples, needed);
        Received += samples.Length;
    }

    /// <summary>Makes the mirror image of the beginning, from the first samples.</summary>
    public void MirrorBeginning()
    {
        HasBeginning = true;
        for (int i = 1; i <= _reach; i++)
        {
            Samples[_reach - i] = Samples[_reach + Fold(i)];
        }
    }

    /// <summary>Makes the mirror image of the end; the stream must hold a sample.</summary>
    /// <param name="needed">As for <see cref="Write"/>.</param>
    public void MirrorEnd(long needed)
    {
        float[] tail = new float[_reach + 1];
        for (int i = 0; i < tail.Length; i++)
        {
            tail[i] = Samples[Fold(Received + i) - Start];
        }

        Append(tail, needed);
    }

    // The index of the sample whose mirror image stands at `index` ≥ 0 in the continued signal. Streams shorter than
    // the reach are folded back and forth.
    private long Fold(long index)
    {
        if (index < Received)
        {
            return index;
        }

        long period = 2 * (Received - 1);
        long within = period == 0 ? 0 : index % period;
        return Math.Min(within, period - within);
    }

    private void Append(ReadOnlySpan<float> samples, long needed)
    {
        if (_filled + samples.Length + _slack > Samples.Length)
        {
            MakeRoom(samples.Length, needed);
        }

        samples.CopyTo(Samples.AsSpan(_filled));
        _filled += samples.Length;
    }

    private void MakeRoom(int count, long needed)
    {
        int drop = (int)Math.Min(Math.Max(0, needed - Start), _filled);
        Samples.AsSpan(drop, _filled - drop).CopyTo(Samples);
        _filled -= drop;
        Start += drop;
        if (_filled + count + _slack > Samples.Length)
        {
            float[] larger = new float[Math.Max(_filled + count + _slack, checked(2 * Samples.Length))];
            Samples.CopyTo(larger, 0);
            Samples = larger;
        }
    }
}
