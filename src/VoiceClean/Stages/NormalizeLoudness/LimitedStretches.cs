using System.Buffers;
using VoiceClean.Dsp.Loudness;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>
/// Measures the K-weighted energies of a limited recording where the limiter acts, in stretches of up to a second that
/// begin where it does, eight at a time. A recording of less than eight seconds has stretches of an eighth of it, so
/// that one pass is enough wherever its peaks are.
/// </summary>
internal ref struct LimitedStretches
{
    private const int Lanes = 8, LeastLanes = 4, StepsPerSecond = KWeighting.StepsPerSecond;

    private readonly LimitedSignal _signal;
    private readonly int _sampleRate, _period, _before;     // _before: steps in which the filters settle
    private readonly int _count, _complete;         // steps of a stretch; complete ones of the recording
    private readonly Span<double> _energies;
    private readonly Span<float> _samples;          // of the stretches that wait [Lanes x length]
    private readonly Span<int> _starts;             // their first steps
    private readonly int _length;                   // of a stretch, with what is in front of it [sample]
    private int _waiting;

    private LimitedStretches(
        LimitedSignal signal,
        int sampleRate,
        Span<double> energies,
        Span<float> samples,
        Span<int> starts)
    {
        (_signal, _sampleRate) = (signal, sampleRate);
        (_period, _before) = (KWeighting.Period(sampleRate), Before(sampleRate));
        _count = Count(energies.Length, _period);
        _complete = energies.Length - (Start(energies.Length, sampleRate) > signal.Length ? 1 : 0);
        _energies = energies;
        _samples = samples;
        _starts = starts;
        _length = samples.Length / Lanes;
    }

    /// <summary>Measures the steps in which the limiter acts or what it did rings on.</summary>
    /// <param name="signal">The recording.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="energies">Of all steps; those that are measured are overwritten.</param>
    public static void Measure(LimitedSignal signal, int sampleRate, Span<double> energies)
    {
        int steps = Before(sampleRate) + Count(energies.Length, KWeighting.Period(sampleRate));
        int samples = Lanes * Start(steps, sampleRate);
        float[] rented = ArrayPool<float>.Shared.Rent(samples);
        var stretches = new LimitedStretches(
            signal,
            sampleRate,
            energies,
            rented.AsSpan(0, samples),
            stackalloc int[Lanes]);
        stretches.Run();
        ArrayPool<float>.Shared.Return(rented);
    }

    // Both are whole periods, since stretches begin at steps at which a whole number of samples has passed.
    private static int Before(int sampleRate) => sampleRate % 5 == 0 ? StepsPerSecond / 5 : StepsPerSecond;

    private static int Count(int steps, int period)
    {
        int share = (steps + Lanes - 1) / Lanes;
        return Math.Clamp((share + period - 1) / period * period, period, StepsPerSecond);
    }

    private static int Start(int step, int sampleRate) =>
        Math.Sign(step) * (int)KWeighting.StepStart(Math.Abs(step), sampleRate);

    private void Run()
    {
        int done = 0;
        while (done < _complete)
        {
            int limited = NextLimited(done);
            if (limited < 0)
            {
                break;
            }

            int step = Math.Max(0, (int)((long)limited * StepsPerSecond / _sampleRate) - 1);
            int start = Math.Max(done, step / _period * _period);
            done = start + _count;
            if (start < _complete)
            {
                Add(start);
            }
        }

        MeasureWaiting();
        if (_complete < _energies.Length && NextLimited(_complete) >= 0)
        {
            MeasureLast();
        }
    }

    // The sample from which on the limiter changes what is measured from a step on; negative if none.
    private readonly int NextLimited(int step) =>
        _signal.NextLimited(Math.Max(0, Start(step, _sampleRate) - (_sampleRate / StepsPerSecond * _before)));

    private void Add(int start)
    {
        _signal.Read(Start(start - _before, _sampleRate), _samples.Slice(_waiting * _length, _length));
        _starts[_waiting++] = start;
        if (_waiting == Lanes)
        {
            MeasureWaiting();
        }
    }

    // With less than four stretches, there are others beside them that nobody asks about.
    private void MeasureWaiting()
    {
        if (_waiting == 0)
        {
            return;
        }

        Span<double> energies = stackalloc double[Lanes * StepsPerSecond];
        int lanes = Math.Max(LeastLanes, _waiting);
        energies = energies[..(lanes * _count)];
        _samples[(_waiting * _length)..(lanes * _length)].Clear();
        KWeighting.MeasureStretches(_samples[..(lanes * _length)], lanes, _sampleRate, _before, energies);
        for (int l = 0; l < _waiting; l++)
        {
            int measured = Math.Min(_count, _complete - _starts[l]);
            energies.Slice(l * _count, measured).CopyTo(_energies[_starts[l]..]);
        }

        _waiting = 0;
    }

    // The step within which the recording ends: silence behind it would ring.
    private readonly void MeasureLast()
    {
        int start = _complete / _period * _period, first = Start(start - _before, _sampleRate);
        int length = _signal.Length - first, count = _energies.Length - start;
        Span<float> samples = _samples[..(LeastLanes * length)];
        _signal.Read(first, samples[..length]);
        samples[length..].Clear();
        Span<double> energies = stackalloc double[LeastLanes * StepsPerSecond];
        energies = energies[..(LeastLanes * count)];
        KWeighting.MeasureStretches(samples, LeastLanes, _sampleRate, _before, energies);
        _energies[_complete] = energies[count - 1];
    }
}
