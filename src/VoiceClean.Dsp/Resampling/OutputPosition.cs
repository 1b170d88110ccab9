namespace VoiceClean.Dsp.Resampling;

/// <summary>Where an output sample lies in the input, counted exactly, from the first output on.</summary>
internal struct OutputPosition
{
    private readonly int _up, _down, _stepWhole, _stepPhase;

    /// <summary>Begins with the first output.</summary>
    /// <param name="up">L of the ratio L/M.</param>
    /// <param name="down">M of the ratio L/M.</param>
    public OutputPosition(int up, int down) =>
        (_up, _down, _stepWhole, _stepPhase) = (up, down, down / up, down % up);

    /// <summary>The input sample with which the period of the output begins.</summary>
    public long Period { get; private set; }

    /// <summary>Which output of its period it is, 0 to L - 1.</summary>
    public int Row { get; private set; }

    /// <summary>The input sample at or before the output …</summary>
    public long Index { get; private set; }

    /// <summary>… which lies so many L-ths of a sample behind it.</summary>
    public int Phase { get; private set; }

    /// <summary>Goes on to the next output.</summary>
    public void Advance()
    {
        Index += _stepWhole;
        Phase += _stepPhase;
        if (Phase >= _up)
        {
            Phase -= _up;
            Index++;
        }

        if (++Row == _up)
        {
            Row = 0;
            Period += _down;
        }
    }

    /// <summary>Goes on to the same output of a later period.</summary>
    /// <param name="periods">How many periods later.</param>
    public void Skip(long periods)
    {
        Period += periods * _down;
        Index += periods * _down;
    }
}
