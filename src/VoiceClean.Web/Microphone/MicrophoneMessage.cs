using System.Text.Json;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Microphone;

/// <summary>What a client says in words.</summary>
internal enum MicrophoneOrder
{
    /// <summary>Nothing that is known.</summary>
    Unknown,

    /// <summary>That was all: the figures of everything, please.</summary>
    Stop,

    /// <summary>Forget it.</summary>
    Discard,
}

/// <summary>The words of a live check: JSON in text messages.</summary>
internal static class MicrophoneMessage
{
    /// <summary>The subprotocol.</summary>
    public const string Protocol = "voiceclean.mic.1";

    /// <summary>Before the token in a subprotocol.</summary>
    public const string TokenPrefix = "token.";

    /// <summary>Reads what a client says: <c>{"do":"stop"}</c>, <c>{"do":"discard"}</c>.</summary>
    public static MicrophoneOrder Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var json = JsonDocument.Parse(message);
            bool isOrder = json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("do", out JsonElement order)
                && order.ValueKind == JsonValueKind.String;
            return isOrder ? Of(json.RootElement.GetProperty("do").GetString()!) : MicrophoneOrder.Unknown;
        }
        catch (JsonException)
        {
            return MicrophoneOrder.Unknown;
        }
    }

    /// <summary>Figures.</summary>
    /// <param name="figures">What was found.</param>
    public static byte[] Write(MicrophoneFigures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        return JsonBytes.OfObject(json =>
        {
            json.WriteBoolean("final", figures.IsFinal);
            json.WriteNumber("seconds", Math.Round(figures.Seconds, 3));
            json.WriteNumber("ms", Math.Round(figures.Cost.TotalMilliseconds, 1));
            json.WriteNumber("limit_s", Math.Round(figures.LimitS, 1));
            if (figures.File is { } file)
            {
                json.WriteString("file", file);
            }

            json.WritePropertyName("record");
            json.WriteRawValue(ReportJson.ToLine(figures.Report), skipInputValidation: true);
        });
    }

    /// <summary>Why it ends.</summary>
    public static byte[] Write(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return JsonBytes.OfObject(json =>
        {
            json.WritePropertyName("problem");
            json.WriteRawValue(problem.ToJson(), skipInputValidation: true);
        });
    }

    private static MicrophoneOrder Of(string order) => order switch
    {
        "stop" => MicrophoneOrder.Stop,
        "discard" => MicrophoneOrder.Discard,
        _ => MicrophoneOrder.Unknown,
    };
}

/// <summary>What was found on a recording so far.</summary>
/// <param name="IsFinal">Whether on all of it.</param>
/// <param name="Seconds">How long it is by now [s].</param>
/// <param name="Cost">How long the work took.</param>
/// <param name="LimitS">How long it may become [s].</param>
/// <param name="Report">The record of <c>inspect</c>.</param>
internal sealed record MicrophoneFigures(
    bool IsFinal,
    double Seconds,
    TimeSpan Cost,
    double LimitS,
    ClipReport Report)
{
    /// <summary>By which name it can be opened; null if it was not kept.</summary>
    public string? File { get; init; }
}
