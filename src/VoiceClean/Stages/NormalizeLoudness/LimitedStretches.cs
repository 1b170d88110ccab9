using System.Buffers;
using VoiceClean.Dsp.Loudness;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>
/// Measures the K-weighted energies of a limited recording where the limiter acts, in stretches of a second that begin
/// where it does, up to eight at a time.
/// </summary>
internal ref struct LimitedStretches
{
    private const int Lanes = 8, LeastLanes = 4, Steps = KWeighting.StepsPerSecond;

    private readonly LimitedSignal _signal;
    private readonly int _sampleRate, _before;      // steps in front of a stretch, in which the filters settle
    private readonly Span<double> _energies;
    private readonly Span<float> _samples;          // of the stretches that wait [lanes x length]
    private readonly Span<int> _starts;             // their first steps
    private int _waiting;

    private LimitedStretches(
        LimitedSignal signal,
        int sampleRate,
        Span<double> energies,
        Span<float> samples,
        Span<int> starts)
    {
        (_signal, _sampleRate, _before) = (signal, sampleRate, Before(sampleRate));
        _energies = energies;
        _samples = samples;
        _starts = starts;
    }

    /// <summary>Measures the steps in which the limiter acts or what it did rings on.</summary>
    /// <param name="signal">The recording.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="energies">Of all steps; those that are measured are overwritten.</param>
    public static void Measure(LimitedSignal signal, int sampleRate, Span<double> energies)
    {
        // a short recording has fewer
        int lanes = Math.Clamp((energies.Length / Steps) + 1, LeastLanes, Lanes);
        int samples = lanes * Start(Before(sampleRate) + Steps, sampleRate);
        float[] rented = ArrayPool<float>.Shared.Rent(samples);
        var stretches = new LimitedStretches(
            signal,
            sampleRate,
            energies,
            rented.AsSpan(0, samples),
            stackalloc int[lanes]);
        stretches.Run();
        ArrayPool<float>.Shared.Return(rented);
    }

    // Stretches begin at steps at which a whole number of samples has passed.
    private static int Before(int sampleRate) => sampleRate % 5 == 0 ? Steps / 5 : Steps;

    private static int Start(int step, int sampleRate) =>
        Math.Sign(step) * (int)KWeighting.StepStart(Math.Abs(step), sampleRate);

    private void Run()
    {
        int done = 0;
        while (done < _energies.Length)
        {
            int limited = _signal.NextLimited(Math.Max(0, Start(done, _sampleRate) - (_sampleRate / Steps * _before)));
            if (limited < 0)
            {
                break;
            }

            int step = Math.Max(0, (int)((long)limited * Steps / _sampleRate) - 1);
            int start = Math.Max(done, step / _before * _before);
            done = start + Steps;
            if (Start(done, _sampleRate) <= _signal.Length)
            {
                Add(start);
            }
            else
            {
                MeasureLast(start);
            }
        }

        MeasureWaiting();
    }

    private void Add(int start)
    {
        int length = _samples.Length / _starts.Length;
        _signal.Read(Start(start - _before, _sampleRate), _samples.Slice(_waiting * length, length));
        _starts[_waiting++] = start;
        if (_waiting == _starts.Length)
        {
            MeasureWaiting();
        }
    }

    private void MeasureWaiting()
    {
        if (_waiting == Lanes)
        {
            Measure(0, Lanes);
        }
        else
        {
            for (int done = 0; done < _waiting; done += LeastLanes)
            {
                // some of them once more rather than memory unused
                Measure(Math.Clamp(_waiting - LeastLanes, 0, done), LeastLanes);
            }
        }

        _waiting = 0;
    }

    // Four or eight of the stretches that wait, or fewer with others beside them that nobody asks about.
    private readonly void Measure(int first, int lanes)
    {
        Span<double> energies = stackalloc double[Lanes * Steps];
        energies = energies[..(lanes * Steps)];
        int length = _samples.Length / _starts.Length;
        KWeighting.MeasureStretches(
            _samples.Slice(first * length, lanes * length),
            lanes,
            _sampleRate,
            _before,
            energies);
        for (int l = 0; l < lanes && first + l < _waiting; l++)
        {
            energies.Slice(l * Steps, Steps).CopyTo(_energies[_starts[first + l]..]);
        }
    }

    // The recording ends within the stretch, which has a length of its own.
    private void MeasureLast(int start)
    {
        MeasureWaiting();
        int first = Start(start - _before, _sampleRate), length = _signal.Length - first;
        Span<float> samples = _samples[..(LeastLanes * length)];
        _signal.Read(first, samples[..length]);
        samples[length..].Clear();
        Span<double> energies = stackalloc double[LeastLanes * Steps];
        energies = energies[..(LeastLanes * (_energies.Length - start))];
        KWeighting.MeasureStretches(samples, LeastLanes, _sampleRate, _before, energies);
        energies[..(_energies.Length - start)].CopyTo(_energies[start..]);
    }
}
