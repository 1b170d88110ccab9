using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using VoiceClean.Web.Microphone;
using VoiceClean.Web.Pool;

namespace VoiceClean.Web.Serve;

/// <summary>What a server counts, and how Prometheus reads it (text format 0.0.4). Thread-safe.</summary>
/// <param name="pool">The pool.</param>
internal sealed class ServeMetrics(CleaningPool pool)
{
    /// <summary>The type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly ConcurrentDictionary<(string Endpoint, int Status, string Reason), long> _requests = new();
    private long _audioMilliseconds;
    private long _uploadBytes;
    private long _cancelled;

    /// <summary>Counts a request.</summary>
    public void Add(RequestRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        _requests.AddOrUpdate((record.Endpoint, record.Status, record.Reason), 1, (_, count) => count + 1);
        Interlocked.Add(ref _audioMilliseconds, (long)(1000 * (record.Report?.Input?.DurationS ?? 0)));
        Interlocked.Add(ref _uploadBytes, record.UploadBytes);
        if (record.Reason is VoiceClean.Errors.ReasonCodes.Cancelled or Http.HttpReasons.ClientGone)
        {
            Interlocked.Increment(ref _cancelled);
        }
    }

    /// <summary>The microphones; null if there are none.</summary>
    public MicrophoneDesk? Microphones { get; set; }

    /// <summary>Everything as text.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        Begin(text, "voiceclean_requests_total", "counter", "Requests answered.");
        foreach (((string endpoint, int status, string reason), long count) in
            _requests.OrderBy(r => (r.Key.Endpoint, r.Key.Status, r.Key.Reason)))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"voiceclean_requests_total{{endpoint=\"{endpoint}\",status=\"{status}\",reason=\"{reason}\"}} ")
                .Append(CultureInfo.InvariantCulture, $"{count}\n");
        }

        PoolFigures now = pool.Figures;
        One(text, "voiceclean_running", "gauge", "Recordings that are worked on.", now.Running);
        One(text, "voiceclean_waiting", "gauge", "Recordings that wait for a worker.", now.Waiting);
        One(text, "voiceclean_places", "gauge", "Places for requests with a recording.", now.Places);
        One(text, "voiceclean_places_taken", "gauge", "Places that are taken.", now.Taken);
        One(text, "voiceclean_workers", "gauge", "Recordings that can be worked on at a time.", pool.Options.Workers);
        One(text, "voiceclean_workers_stuck", "gauge", "Workers that were given up and have not come back.", now.Stuck);
        One(text, "voiceclean_microphones", "gauge", "Microphones that are checked.", Microphones?.Taken ?? 0);
        Histogram(text, "voiceclean_queue_seconds", "Time from the whole body to a worker.", pool.QueueTimes);
        Histogram(text, "voiceclean_work_seconds", "Time of work.", pool.WorkTimes);
        One(text, "voiceclean_audio_seconds_total", "counter", "Length of the recordings that were read.",
            Interlocked.Read(ref _audioMilliseconds) / 1000.0);
        One(text, "voiceclean_upload_bytes_total", "counter", "Bytes of recordings.",
            Interlocked.Read(ref _uploadBytes));
        One(text, "voiceclean_cancelled_total", "counter", "Requests that ended before they were done.",
            Interlocked.Read(ref _cancelled));
        AddProcess(text);
        return text.ToString();
    }

    private static void AddProcess(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        One(text, "process_cpu_seconds_total", "counter", "Processor time.", process.TotalProcessorTime.TotalSeconds);
        One(text, "process_resident_memory_bytes", "gauge", "Resident memory.", process.WorkingSet64);
        One(text, "process_start_time_seconds", "gauge", "Start, seconds since 1970.",
            (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds);
        One(text, "process_threads", "gauge", "Threads.", process.Threads.Count);
    }

    private static void Histogram(StringBuilder text, string name, string help, TimeHistogram times)
    {
        Begin(text, name, "histogram", help);
        long[] counts = times.Cumulative();
        for (int i = 0; i < counts.Length; i++)
        {
            string bound = i < TimeHistogram.Bounds.Count
                ? TimeHistogram.Bounds[i].ToString(CultureInfo.InvariantCulture)
                : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{le=\"{bound}\"}} {counts[i]}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_sum {times.Sum}\n{name}_count {counts[^1]}\n");
    }

    private static void One(StringBuilder text, string name, string type, string help, double value)
    {
        Begin(text, name, type, help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Begin(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ')
            .Append(type).Append('\n');
}
