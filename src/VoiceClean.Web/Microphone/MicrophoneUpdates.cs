using System.Net.WebSockets;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Microphone;

/// <summary>
/// Works out the figures of one check and sends them, one after the other: interim ones of the last minute while sound
/// comes, the last ones of everything. Begun by who receives; runs beside it.
/// </summary>
/// <param name="capture">What came so far.</param>
/// <param name="line">Who is told.</param>
/// <param name="options">How often, and how long the last ones may wait.</param>
/// <param name="inspector">Works them out.</param>
internal sealed class MicrophoneUpdates(
    MicrophoneCapture capture,
    MicrophoneLine line,
    MicrophoneOptions options,
    MicrophoneInspector inspector) : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private long _updatedBytes;
    private long _updatedAt = options.Time.GetTimestamp();
    private TimeSpan _cost;
    private Task _running = Task.CompletedTask;

    /// <summary>How long a check may become [s]; told with each figure.</summary>
    public required double LimitS { get; init; }

    /// <summary>Keeps the recording before its last figures are sent, and names it.</summary>
    public Func<MicrophoneCapture, ClipReport, string?>? Keep { get; init; }

    /// <summary>What is told to the client of a report.</summary>
    public Func<ClipReport, ClipReport> Shown { get; init; } = r => r;

    /// <summary>Is told why there will be no last figures.</summary>
    public required Action<Problem> Fail { get; init; }

    /// <summary>The last figures; null as long as there are none.</summary>
    public ClipReport? Report { get; private set; }

    /// <summary>Begins interim figures if there is enough new sound and the last ones were not too dear.</summary>
    public void BeginIfDue()
    {
        MicrophoneFormat format = capture.Format;
        long step = (long)(MicrophoneOptions.UpdateS * format.Rate) * format.FrameBytes;
        bool isDue = capture.Bytes - _updatedBytes >= step
            && options.Time.GetElapsedTime(_updatedAt) >= _cost * MicrophoneOptions.CostFactor;
        if (isDue && _running.IsCompleted)
        {
            _updatedBytes = capture.Bytes;
            _running = UpdateAsync();
        }
    }

    /// <summary>Begins the last figures; afterwards the line is closed.</summary>
    public void Finish() => _running = FinishAsync(_running);

    /// <summary>Ends it: nobody wants figures any more.</summary>
    /// <returns>Completes when nothing runs.</returns>
    public async Task EndAsync()
    {
        await _gone.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    public void Dispose() => _gone.Dispose();

    private async Task UpdateAsync()
    {
        try
        {
            double seconds = capture.Seconds;
            (ClipReport Report, TimeSpan Cost)? found = await inspector
                .InspectAsync(capture, MicrophoneOptions.WindowS, _gone.Token).ConfigureAwait(false);
            if (found is { } figures && !_gone.IsCancellationRequested)
            {
                _cost = figures.Cost;
                await line.SendAsync(MicrophoneMessage.Write(
                    new MicrophoneFigures(false, seconds, figures.Cost, LimitS, Shown(figures.Report))))
                    .ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is RefusalException or OperationCanceledException)
        {
            // The next one may have more luck; whether the last one has is told.
        }
        catch
        {
            await line.EndAsync(WebSocketCloseStatus.InternalServerError).ConfigureAwait(false);
            throw;
        }

        _updatedAt = options.Time.GetTimestamp();
    }

    private async Task FinishAsync(Task before)
    {
        try
        {
            await before.ConfigureAwait(false);
            (Report, TimeSpan cost) = await InspectAllAsync().ConfigureAwait(false);
            await line.SendAsync(MicrophoneMessage.Write(
                new MicrophoneFigures(true, capture.Seconds, cost, LimitS, Shown(Report))
                {
                    File = Keep?.Invoke(capture, Report),
                })).ConfigureAwait(false);
            await line.EndAsync(WebSocketCloseStatus.NormalClosure).ConfigureAwait(false);
        }
        catch (RefusalException refusal)
        {
            Fail(refusal.Problem);
        }
        catch (OperationCanceledException)
        {
            // the client is gone
        }
        catch
        {
            await line.EndAsync(WebSocketCloseStatus.InternalServerError).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<(ClipReport Report, TimeSpan Cost)> InspectAllAsync()
    {
        long start = options.Time.GetTimestamp();
        while (true)
        {
            if (await inspector.InspectAsync(capture, double.PositiveInfinity, _gone.Token).ConfigureAwait(false)
                is { } found)
            {
                return found;
            }

            if (options.Time.GetElapsedTime(start) > options.Patience)
            {
                throw new RefusalException(HttpReasons.Busy, "Nobody has time for the figures; try again later.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), options.Time, _gone.Token).ConfigureAwait(false);
        }
    }
}
