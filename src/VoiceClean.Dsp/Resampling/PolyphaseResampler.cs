using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Resampling;

/// <summary>
/// Changes the sampling rate of one channel, as a stream: <see cref="Write"/> samples in, <see cref="Read"/> samples
/// out, <see cref="Finish"/> at the end. Output sample k lies at input time k·M/L exactly (no delay, no drift); N
/// samples become ceil(N·L/M). The result does not depend on how the stream is cut into blocks. One instance serves one
/// stream on one thread.
/// </summary>
/// <remarks>
/// Before the first and behind the last sample the signal is continued by its mirror image, so that a clip that begins
/// or ends at full level shows no dip there. Values beyond ±1 pass unclipped.
/// </remarks>
public sealed class PolyphaseResampler
{
    // What is worth waking other threads for: some milliseconds.
    private const int SharedBlock = 128 * 1024;

    private readonly PolyphaseFilter _filter;
    private readonly int _threads;
    private readonly MirroredHistory _history;
    private OutputPosition _next;
    private long _produced;
    private bool _finished;

    /// <summary>Makes a resampler for a pair of rates.</summary>
    /// <param name="inputRate">[Hz]</param>
    /// <param name="outputRate">[Hz]</param>
    /// <param name="threads">Threads that may work on one call of <see cref="Read"/>; the result is the same with any
    /// number.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is not positive.</exception>
    public PolyphaseResampler(int inputRate, int outputRate, int threads = 1)
    {
        _threads = threads;
        _filter = PolyphaseFilter.For(inputRate, outputRate);
        // Rows end in zeros that meet what lies behind the input: whatever it is, it must be there.
        int slack = _filter.RowLength - (2 * _filter.HalfLength) + 1;
        _history = new MirroredHistory(_filter.HalfLength, slack, 4 * _filter.RowLength);
        _next = new OutputPosition(_filter.Up, _filter.Down);
    }

    /// <summary>
    /// How many samples come out of <paramref name="inputLength"/> samples: ceil(N·L/M), as librosa has it, so that no
    /// input time is lost.
    /// </summary>
    public static long OutputLength(long inputLength, int inputRate, int outputRate)
        => (long)(((Int128)inputLength * outputRate + inputRate - 1) / inputRate);

    /// <summary>Input samples that one call of <see cref="Write"/> should bring at least for full speed.</summary>
    public int PreferredBlock => Math.Max(_threads > 1 ? SharedBlock : 4096, PolyphaseKernel.Periods * _filter.Down);

    /// <summary>Appends input samples.</summary>
    /// <exception cref="InvalidOperationException">The stream was finished.</exception>
    public void Write(ReadOnlySpan<float> input)
    {
        if (_finished)
        {
            throw new InvalidOperationException("The stream was finished; no samples may follow.");
        }

        _history.Write(input, FirstNeeded);
    }

    /// <summary>Says that no more input follows; the rest can then be read.</summary>
    public void Finish()
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        if (_history.Received > 0)
        {
            if (!_history.HasBeginning)
            {
                _history.MirrorBeginning();
            }

            _history.MirrorEnd(FirstNeeded);
        }
    }

    /// <summary>Takes as many output samples as there are and fit.</summary>
    /// <returns>How many were written to the start of <paramref name="output"/>; 0 = more input is needed, or after
    /// <see cref="Finish"/> the end.</returns>
    public int Read(Span<float> output)
    {
        if (!_history.HasBeginning && !_finished)
        {
            if (_history.Received <= _filter.HalfLength)
            {
                return 0;
            }

            _history.MirrorBeginning();
        }

        int count = (int)Math.Min(output.Length, Available());
        int done = 0;
        if (!_filter.IsInterpolated)
        {
            int grouped = PolyphaseKernel.Periods * _filter.Up;
            if (!_finished && output.Length >= grouped)
            {
                count -= count % grouped;      // the rest comes with the next input, in a group, at half the cost
            }

            while (_next.Row % 4 != 0 && done < count)
            {
                output[done++] = Next();       // groups begin with every fourth row
            }

            int groups = (count - done) / grouped;
            ReadGroups(output.Slice(done, groups * grouped), groups);
            done += groups * grouped;
        }

        for (; done < count; done++)
        {
            output[done] = Next();
        }

        _produced += count;
        return count;
    }

    private float Next()
    {
        float[] history = _history.Samples;
        float sample = _filter.IsInterpolated
            ? PolyphaseKernel.Interpolated(_filter, history, At(_next.Index), _next.Phase)
            : PolyphaseKernel.Single(_filter, history, At(_next.Period + _filter.Starts[_next.Row]), _next.Row);
        _next.Advance();
        return sample;
    }

    /// <summary>Groups of periods, L outputs each and side by side; shared among the threads.</summary>
    private unsafe void ReadGroups(Span<float> output, int groups)
    {
        long firstPeriod = _next.Period;
        int firstRow = _next.Row, pieces = Math.Min(_threads, groups);
        fixed (float* pinned = output)
        {
            float* start = pinned;
            ForkJoin.For(
                _threads,
                pieces,
                piece =>
                {
                    int from = (int)((long)groups * piece / pieces),
                        to = (int)((long)groups * (piece + 1) / pieces),
                        length = PolyphaseKernel.Periods * _filter.Up;
                    for (int g = from; g < to; g++)
                    {
                        ReadGroup(
                            new Span<float>(start + ((long)g * length), length),
                            firstPeriod + ((long)g * PolyphaseKernel.Periods * _filter.Down),
                            firstRow);
                    }
                });
        }

        _next.Skip((long)groups * PolyphaseKernel.Periods);
    }

    private void ReadGroup(Span<float> output, long period, int row)
    {
        for (int i = 0; i < _filter.Up; i += 4)
        {
            PolyphaseKernel.Grouped(_filter, _history.Samples, At(period + _filter.Starts[row]), row, output[i..]);
            row += 4;
            if (row == _filter.Up)
            {
                row = 0;
                period += _filter.Down;
            }
        }
    }

    // Where in the history an output begins to hear that lies at or behind this input sample.
    private int At(long index) => (int)(index - _history.Start) - _filter.HalfLength + 1;

    // The first input sample that an output to come still needs.
    private long FirstNeeded =>
        !_history.HasBeginning
            ? _history.Start
            : (_filter.IsInterpolated ? _next.Index : _next.Period + _filter.Starts[_next.Row])
                - _filter.HalfLength + 1;

    /// <summary>How many output samples the history allows now.</summary>
    private long Available()
    {
        if (_finished)
        {
            return OutputLength(_history.Received, _filter.Down, _filter.Up) - _produced;
        }

        // Output k needs input up to its index + HalfLength. The largest index allowed is therefore:
        long last = _history.Received - 1 - _filter.HalfLength;
        if (last < _next.Index)
        {
            return 0;
        }

        // Outputs k with floor(k·M/L) ≤ last, that is k·M < (last + 1)·L.
        Int128 limit = (Int128)(last + 1) * _filter.Up;
        return (long)((limit + _filter.Down - 1) / _filter.Down) - _produced;
    }
}
