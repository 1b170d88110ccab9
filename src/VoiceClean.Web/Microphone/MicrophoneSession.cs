using System.Net.WebSockets;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Microphone;

/// <summary>
/// One live check from its first sample to its last figures. One loop receives and writes down; figures are worked out
/// beside it, one after the other.
/// </summary>
internal sealed class MicrophoneSession : IDisposable
{
    private readonly MicrophoneLine _line;
    private readonly MicrophoneOptions _options;
    private readonly MicrophoneInspector _inspector;
    private readonly MicrophoneCapture _capture;
    private readonly CancellationTokenSource _gone = new();
    private readonly long _began;
    private readonly long _mostBytes;
    private long _heard;
    private long _updatedBytes;
    private long _updatedAt;
    private TimeSpan _cost;
    private Task _update = Task.CompletedTask;
    private bool _isStopped;
    private int _isFailed;

    /// <summary>Prepares it.</summary>
    /// <param name="socket">The connection; whoever made it disposes of it.</param>
    /// <param name="format">How the sound comes.</param>
    /// <param name="options">What it may take.</param>
    /// <param name="inspector">Works out figures.</param>
    /// <exception cref="IOException">There is no space.</exception>
    public MicrophoneSession(
        WebSocket socket,
        MicrophoneFormat format,
        MicrophoneOptions options,
        MicrophoneInspector inspector)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _inspector) = (options, inspector);
        _capture = new MicrophoneCapture(format);
        _line = new MicrophoneLine(socket);
        double longest = Math.Min(MicrophoneOptions.LongestS * format.Rate, options.MostBytes / format.FrameBytes);
        _mostBytes = (long)longest * format.FrameBytes;
        _began = _heard = _updatedAt = options.Time.GetTimestamp();
    }

    /// <summary>Keeps the recording before its last figures are sent, and says by which name it can be opened.</summary>
    public Func<MicrophoneCapture, ClipReport, string?>? Keep { get; init; }

    /// <summary>What is told to the client of a report.</summary>
    public Func<ClipReport, ClipReport> Shown { get; init; } = r => r;

    /// <summary>Why it did not come to its last figures; null if it did, or the client ended it.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The last figures.</summary>
    public ClipReport? Report { get; private set; }

    /// <summary>Bytes of sound that came.</summary>
    public long Bytes => _capture.Bytes;

    /// <summary>Runs it to its end.</summary>
    /// <param name="ending">Cancelled when the server ends.</param>
    public async Task RunAsync(CancellationToken ending)
    {
        TimeSpan often = _options.Idle / 4;
        ITimer clock = _options.Time.CreateTimer(_ => CheckTime(), null, often, often);
        await using (clock.ConfigureAwait(false))
        {
            using CancellationTokenRegistration end = ending.Register(
                () => Fail(HttpReasons.Draining, "This server ends; try another one."));
            try
            {
                MicrophoneKind kind;
                while ((kind = await _line.ReceiveAsync().ConfigureAwait(false)) != MicrophoneKind.End)
                {
                    if (!_line.IsEnded && !_isStopped)
                    {
                        Handle(kind);
                    }
                }
            }
            finally
            {
                await _gone.CancelAsync().ConfigureAwait(false);
                await _update.ConfigureAwait(false);
                await _line.EndAsync(WebSocketCloseStatus.NormalClosure).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        _line.Dispose();
        _capture.Dispose();
        _gone.Dispose();
    }

    private void Handle(MicrophoneKind kind)
    {
        Interlocked.Exchange(ref _heard, _options.Time.GetTimestamp());
        switch (kind)
        {
            case MicrophoneKind.Sound:
                Hear(_line.Content.Span);
                break;
            case MicrophoneKind.Words when MicrophoneMessage.Read(_line.Content) == MicrophoneOrder.Stop:
                _isStopped = true;
                _update = FinishAsync(_update);
                break;
            case MicrophoneKind.Words when MicrophoneMessage.Read(_line.Content) == MicrophoneOrder.Discard:
                _isStopped = true;
                _ = _line.EndAsync(WebSocketCloseStatus.NormalClosure);
                break;
            case MicrophoneKind.Words:
                Fail(HttpReasons.BadBody, "Words are {\"do\":\"stop\"} and {\"do\":\"discard\"}.");
                break;
            default:
                Fail(
                    ReasonCodes.TooLarge,
                    $"A message holds at most {MicrophoneOptions.MostFrameBytes} bytes; send smaller blocks.");
                break;
        }
    }

    private void Hear(ReadOnlySpan<byte> sound)
    {
        MicrophoneFormat format = _capture.Format;
        if (sound.Length % format.FrameBytes != 0)
        {
            Fail(HttpReasons.BadBody, $"A block is whole samples of {format.Channels} channels, 4 bytes each.");
            return;
        }

        if (_capture.Bytes + sound.Length > _mostBytes)
        {
            Fail(
                ReasonCodes.TooLong,
                FormattableString.Invariant($"A check lasts at most {LimitS:0.#} s; say stop before."));
            return;
        }

        try
        {
            _capture.Append(sound);
        }
        catch (IOException)
        {
            Fail(ReasonCodes.NoSpace, "The server is short of space; try again later.");
            return;
        }

        long step = (long)(MicrophoneOptions.UpdateS * format.Rate) * format.FrameBytes;
        bool isDue = _capture.Bytes - _updatedBytes >= step
            && _options.Time.GetElapsedTime(_updatedAt) >= _cost * MicrophoneOptions.CostFactor;
        if (isDue && _update.IsCompleted)
        {
            _updatedBytes = _capture.Bytes;
            _update = UpdateAsync();
        }
    }

    private double LimitS => (double)_mostBytes / _capture.Format.FrameBytes / _capture.Format.Rate;

    private async Task UpdateAsync()
    {
        try
        {
            double seconds = _capture.Seconds;
            (ClipReport Report, TimeSpan Cost)? found = await _inspector
                .InspectAsync(_capture, MicrophoneOptions.WindowS, _gone.Token).ConfigureAwait(false);
            if (found is { } figures && !_gone.IsCancellationRequested)
            {
                _cost = figures.Cost;
                ClipReport shown = Shown(figures.Report);
                await _line.SendAsync(MicrophoneMessage.Write(
                    new MicrophoneFigures(false, seconds, figures.Cost, LimitS, shown))).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is RefusalException or OperationCanceledException)
        {
            // The next one may have more luck; whether the last one has is told.
        }
        catch
        {
            await _line.EndAsync(WebSocketCloseStatus.InternalServerError).ConfigureAwait(false);
            throw;
        }

        _updatedAt = _options.Time.GetTimestamp();
    }

    private async Task FinishAsync(Task before)
    {
        try
        {
            await before.ConfigureAwait(false);
            long start = _options.Time.GetTimestamp();
            (ClipReport Report, TimeSpan Cost)? found;
            while ((found = await _inspector.InspectAsync(_capture, double.PositiveInfinity, _gone.Token)
                .ConfigureAwait(false)) is null)
            {
                if (_options.Time.GetElapsedTime(start) > _options.Patience)
                {
                    throw new RefusalException(HttpReasons.Busy, "Nobody has time for the figures; try again later.");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), _options.Time, _gone.Token).ConfigureAwait(false);
            }

            Report = found.Value.Report;
            await _line.SendAsync(MicrophoneMessage.Write(
                new MicrophoneFigures(true, _capture.Seconds, found.Value.Cost, LimitS, Shown(Report))
                {
                    File = Keep?.Invoke(_capture, Report),
                })).ConfigureAwait(false);
            await _line.EndAsync(WebSocketCloseStatus.NormalClosure).ConfigureAwait(false);
        }
        catch (RefusalException refusal)
        {
            Fail(refusal.Problem.Answer.Reason, refusal.Problem.Detail);
        }
        catch (OperationCanceledException)
        {
            // the client is gone
        }
        catch
        {
            await _line.EndAsync(WebSocketCloseStatus.InternalServerError).ConfigureAwait(false);
            throw;
        }
    }

    private void CheckTime()
    {
        long heard = Interlocked.Read(ref _heard);
        bool isIdle = !_isStopped && _options.Time.GetElapsedTime(heard) > _options.Idle;
        TimeSpan longest = TimeSpan.FromSeconds(MicrophoneOptions.LongestS) + _options.Grace;
        if (isIdle || _options.Time.GetElapsedTime(_began) > longest)
        {
            Fail(HttpReasons.SlowBody, "Too little sound came; the microphone was let go.");
        }
    }

    // The first reason counts; whoever receives goes on until the client has closed its side.
    private void Fail(string reason, string detail)
    {
        if (Interlocked.Exchange(ref _isFailed, 1) == 0)
        {
            Problem = Problem.Of(reason, detail);
            _ = TellAsync(Problem);
        }
    }

    private async Task TellAsync(Problem problem)
    {
        await _line.SendAsync(MicrophoneMessage.Write(problem)).ConfigureAwait(false);
        await _line.EndAsync(problem.Answer.Reason switch
        {
            ReasonCodes.TooLarge or ReasonCodes.TooLong => WebSocketCloseStatus.MessageTooBig,
            HttpReasons.Draining => WebSocketCloseStatus.EndpointUnavailable,
            HttpReasons.BadBody => WebSocketCloseStatus.InvalidPayloadData,
            _ => WebSocketCloseStatus.PolicyViolation,
        }).ConfigureAwait(false);
    }
}
