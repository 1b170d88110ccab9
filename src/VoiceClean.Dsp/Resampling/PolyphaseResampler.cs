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
    private readonly int _stepWhole, _stepPhase;
    private float[] _history;      // mirrored or real input; its first sample has the index _start in the stream
    private int _filled;
    private long _start;
    private long _received;        // input samples so far
    private long _produced;
    private long _period;          // the input sample with which the period of the next output sample begins
    private int _row;              // which output sample of its period is next
    private long _index;           // the input sample at or before the next output sample …
    private int _phase;            // … which lies _phase/L behind it
    private bool _begun, _finished;

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
        _stepWhole = _filter.Down / _filter.Up;
        _stepPhase = _filter.Down % _filter.Up;
        _start = -_filter.HalfLength;
        _filled = _filter.HalfLength;
        _history = new float[4 * _filter.RowLength];
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

        Append(input);
        _received += input.Length;
    }

    /// <summary>Says that no more input follows; the rest can then be read.</summary>
    public void Finish()
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        if (_received == 0)
        {
            return;
        }

        if (!_begun)
        {
            MirrorBeginning();
        }

        // The mirror image of the end. Shorter streams than the filter are folded back and forth.
        float[] tail = new float[_filter.HalfLength + 1];
        for (int i = 0; i < tail.Length; i++)
        {
            tail[i] = _history[Fold(_received + i) - _start];
        }

        Append(tail);
    }

    /// <summary>Takes as many output samples as there are and fit.</summary>
    /// <returns>How many were written to the start of <paramref name="output"/>; 0 = more input is needed, or after
    /// <see cref="Finish"/> the end.</returns>
    public int Read(Span<float> output)
    {
        if (!_begun && !_finished)
        {
            if (_received <= _filter.HalfLength)
            {
                return 0;
            }

            MirrorBeginning();
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

            while (_row % 4 != 0 && done < count)
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
        float sample = _filter.IsInterpolated
            ? PolyphaseKernel.Interpolated(_filter, _history, (int)(_index - _start) - _filter.HalfLength + 1, _phase)
            : PolyphaseKernel.Single(_filter, _history, At(), _row);
        Advance();
        return sample;
    }

    /// <summary>Groups of two periods, L outputs and beside them those of the next; shared among the threads.</summary>
    private unsafe void ReadGroups(Span<float> output, int groups)
    {
        long firstPeriod = _period;
        int firstRow = _row, pieces = Math.Min(_threads, groups);
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

        _period += (long)groups * PolyphaseKernel.Periods * _filter.Down;
        _index += (long)groups * PolyphaseKernel.Periods * _filter.Down;
    }

    private void ReadGroup(Span<float> output, long period, int row)
    {
        for (int i = 0; i < _filter.Up; i += 4)
        {
            PolyphaseKernel.Grouped(_filter, _history, At(period, row), row, output[i..]);
            row += 4;
            if (row == _filter.Up)
            {
                row = 0;
                period += _filter.Down;
            }
        }
    }

    /// <summary>Where in the history the row of the next output sample begins.</summary>
    private int At() => At(_period, _row);

    private int At(long period, int row) => (int)(period + _filter.Starts[row] - _start) - _filter.HalfLength + 1;

    private void Advance()
    {
        _index += _stepWhole;
        _phase += _stepPhase;
        if (_phase >= _filter.Up)
        {
            _phase -= _filter.Up;
            _index++;
        }

        if (++_row == _filter.Up)
        {
            _row = 0;
            _period += _filter.Down;
        }
    }

    /// <summary>How many output samples the history allows now.</summary>
    private long Available()
    {
        if (_finished)
        {
            return OutputLength(_received, _filter.Down, _filter.Up) - _produced;
        }

        // Output k needs input up to its index + HalfLength. The largest index allowed is therefore:
        long last = _received - 1 - _filter.HalfLength;
        if (last < _index)
        {
            return 0;
        }

        // Outputs k with floor(k·M/L) ≤ last, that is k·M < (last + 1)·L.
        Int128 limit = (Int128)(last + 1) * _filter.Up;
        return (long)((limit + _filter.Down - 1) / _filter.Down) - _produced;
    }

    private void MirrorBeginning()
    {
        _begun = true;
        int half = _filter.HalfLength;
        for (int i = 1; i <= half; i++)
        {
            _history[half - i] = _history[half + Fold(i)];
        }
    }

    /// <summary>
    /// The index of the input sample whose mirror image stands at <paramref name="index"/> ≥ 0 in the continued signal.
    /// </summary>
    private long Fold(long index)
    {
        if (index < _received)
        {
            return index;
        }

        long period = 2 * (_received - 1);
        long within = period == 0 ? 0 : index % period;
        return Math.Min(within, period - within);
    }

    /// <summary>Rows end in zeros that meet what lies behind the input: whatever it is, it must be there.</summary>
    private int Slack => _filter.RowLength - (2 * _filter.HalfLength) + 1;

    private void Append(ReadOnlySpan<float> samples)
    {
        if (_filled + samples.Length + Slack > _history.Length)
        {
            MakeRoom(samples.Length);
        }

        samples.CopyTo(_history.AsSpan(_filled));
        _filled += samples.Length;
    }

    /// <summary>Drops what no output needs any more, and grows if the caller writes more than it reads.</summary>
    private void MakeRoom(int count)
    {
        long needed = !_begun ? _start : _filter.IsInterpolated ? _index - _filter.HalfLength + 1 : _start + At();
        int drop = (int)Math.Min(Math.Max(0, needed - _start), _filled);
        _history.AsSpan(drop, _filled - drop).CopyTo(_history);
        _filled -= drop;
        _start += drop;
        if (_filled + count + Slack > _history.Length)
        {
            Array.Resize(ref _history, Math.Max(_filled + count + Slack, checked(2 * _history.Length)));
        }
    }
}
