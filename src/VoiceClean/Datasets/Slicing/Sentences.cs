using VoiceClean.Audio;

namespace VoiceClean.Datasets.Slicing;

/// <summary>Where cuts would fall into sentences whose times are known.</summary>
internal static class Sentences
{
    // Subtitles are shown a little earlier and a little longer than what is said.
    private const double SlackSeconds = 0.25;

    /// <summary>Whether a cut before each piece falls into a sentence; never before the first.</summary>
    /// <param name="pieces">Ascending.</param>
    /// <param name="sentences">By their start; they may overlap.</param>
    /// <param name="sampleRate">[Hz]</param>
    public static bool[] FindCuts(
        IReadOnlyList<SpeechPiece> pieces,
        IReadOnlyList<SampleRange> sentences,
        int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(sentences);
        bool[] cuts = new bool[pieces.Count];
        int slack = (int)(SlackSeconds * sampleRate), next = 0, latest = 0;
        for (int k = 1; k < pieces.Count; k++)
        {
            while (next < sentences.Count && sentences[next].Start + slack < pieces[k - 1].Range.End)
            {
                latest = Math.Max(latest, sentences[next++].End);
            }

            cuts[k] = latest - slack > pieces[k].Range.Start;
        }

        return cuts;
    }
}
