using System.Text.Json.Serialization;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;

namespace VoiceClean.Datasets;

/// <summary>One clip of a set: a line of the manifest.</summary>
internal sealed record ClipRecord
{
    /// <summary>Relative path with '/' in the set.</summary>
    public required string File { get; init; }

    /// <summary>Whose voice it is.</summary>
    public required string Speaker { get; init; }

    /// <summary>Id of the recording it was cut from.</summary>
    public required string Source { get; init; }

    /// <summary>The recording as the user named it.</summary>
    public required string SourcePath { get; init; }

    /// <summary>Why it is among the rejected, null if it is not.</summary>
    public string? Reason { get; init; }

    /// <summary>One sentence about that.</summary>
    public string? Message { get; init; }

    /// <summary>Language, lower case; null = unknown.</summary>
    public string? Language { get; init; }

    /// <summary>What is said, null = unknown.</summary>
    public string? Text { get; init; }

    /// <summary>How the text was found, a code of <see cref="TextFits"/>; null = there is none.</summary>
    public string? TextFit { get; init; }

    /// <summary>Speech for which a text with times has no words [s]; null = it has no times.</summary>
    public double? UntoldS { get; init; }

    /// <summary>Where each stretch of the clip comes from.</summary>
    public IReadOnlyList<TimeMapEntry> TimeMap { get; init; } = [];

    /// <summary>Where it begins in the source [s].</summary>
    public double StartS { get; init; }

    /// <summary>Where it ends in the source [s].</summary>
    public double EndS { get; init; }

    /// <summary>How it begins.</summary>
    [JsonIgnore]
    public CutKind StartCut { get; init; }

    [JsonInclude]
    [JsonPropertyName("start_cut")]
    internal string StartCutWord
    {
        get => JsonWords.Of(StartCut);
        init => StartCut = JsonWords.Read<CutKind>(value);
    }

    /// <summary>How it ends.</summary>
    [JsonIgnore]
    public CutKind EndCut { get; init; }

    [JsonInclude]
    [JsonPropertyName("end_cut")]
    internal string EndCutWord
    {
        get => JsonWords.Of(EndCut);
        init => EndCut = JsonWords.Read<CutKind>(value);
    }

    /// <summary>[s]</summary>
    public double DurationS { get; init; }

    /// <summary>Speech in it [s].</summary>
    public double SpeechS { get; init; }

    /// <summary>
    /// Level of its speech over that of the recording's background, before cleaning [dB]. Not the signal-to-noise ratio
    /// of the recording, which is estimated in another way.
    /// </summary>
    public double LevelRatioDb { get; init; }

    /// <summary>Level of the speech before cleaning, 100 Hz to 10 kHz [dBFS].</summary>
    public double SpeechDbfs { get; init; }

    /// <summary>Time with a pitch in it [s]; NaN in records of earlier versions.</summary>
    public double VoicedS { get; init; } = double.NaN;

    /// <summary>The longest stretch of it with a pitch [s]; NaN in records of earlier versions.</summary>
    public double LongestVoicedS { get; init; } = double.NaN;

    /// <summary>
    /// How steady its tones are, 0 to 1: speech stays below 0.2, music above 0.4; NaN = too short to say.
    /// </summary>
    public double SteadyShare { get; init; } = double.NaN;

    /// <summary>Letters and digits of the text; null without text.</summary>
    public int? TextCharacters { get; init; }

    /// <summary>Of them per second of the clip; null without text.</summary>
    public double? CharactersPerS { get; init; }

    /// <summary>Phonemes per second of its speech, estimated from the text; null without text.</summary>
    public double? PhonemesPerS { get; init; }

    /// <summary>Runs at full scale in the source, within this clip.</summary>
    public int ClippedRuns { get; init; }

    /// <summary>[LUFS]</summary>
    public double IntegratedLufs { get; init; }

    /// <summary>[dBTP]</summary>
    public double TruePeakDbtp { get; init; }

    /// <summary>[Hz]</summary>
    public double BandwidthHz { get; init; }

    /// <summary>Slope of the spectrum of speech [dB per octave].</summary>
    public double SpectralTiltDbPerOctave { get; init; }

    /// <summary>Slope of the background's spectrum [dB per octave].</summary>
    public double NoiseColourDbPerOctave { get; init; }

    /// <summary>Gain on the cleaned sound [dB].</summary>
    public double GainDb { get; init; }

    /// <summary>[byte]</summary>
    public long SizeBytes { get; init; }

    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Stable codes of what is not as it should be.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>
/// What came of one recording: kept in <c>.voiceclean/recordings/</c>, and what the lists of the set are made from.
/// </summary>
internal sealed record RecordingRecord
{
    /// <summary>Name and major version of the schema.</summary>
    public string Schema { get; init; } = "voiceclean.recording/1";

    /// <summary>Id of the recording.</summary>
    public required string Id { get; init; }

    /// <summary>Where it lay, absolute; null in records of earlier versions.</summary>
    public string? SourceFullPath { get; init; }

    /// <summary>Whose voice it is.</summary>
    public required string Speaker { get; init; }

    /// <summary>First part of the names of its clips.</summary>
    public required string Stem { get; init; }

    /// <summary>[s]</summary>
    public double DurationS { get; init; }

    /// <summary>Speech found [s].</summary>
    public double SpeechS { get; init; }

    /// <summary>Speech in its clips, rejected ones included [s].</summary>
    public double KeptSpeechS { get; init; }

    /// <summary>Integrated loudness before cleaning [LUFS].</summary>
    public double IntegratedLufs { get; init; }

    /// <summary>What is said in all of it, null = unknown.</summary>
    public Transcript? Transcript { get; init; }

    /// <summary>How much it is; how much of it clips hold is counted when all are there. null = nothing is
    /// known.</summary>
    public TextSums? TextSums { get; init; }

    /// <summary>Whether the text was not used, because it has no times and the recording was cut.</summary>
    public bool IsTextUnused { get; init; }

    /// <summary>The first stretches of its text that no clip holds.</summary>
    public IReadOnlyList<string> LostText { get; init; } = [];

    /// <summary>Its clips in their order, rejected ones and what was too short included.</summary>
    public IReadOnlyList<ClipRecord> Clips { get; init; } = [];
}
