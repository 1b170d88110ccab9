using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Cleaning.Reports;

/// <summary>One recording to clean: where it comes from and how its result is published.</summary>
public sealed record ClipJob
{
    /// <summary>Relative path with '/', the identity of the clip and the seed of its dither.</summary>
    public required string Id { get; init; }

    /// <summary>The input as the user named it, for reports.</summary>
    public required string InputPath { get; init; }

    /// <summary>The output as the user named it, for reports.</summary>
    public required string OutputPath { get; init; }

    /// <summary>
    /// Whether the report says what the recording measures before and after (loudness, peaks, noise, speech; an eighth
    /// of the time). The samples that come out are the same either way.
    /// </summary>
    public bool IsMeasured { get; init; } = true;

    /// <summary>
    /// Whether the report says by hashes what the result is and by which settings it was made (a hundredth of the
    /// time).
    /// </summary>
    internal bool IsHashed { get; init; } = true;

    /// <summary>
    /// Threads that may work on this recording alone, default 1; the result is the same with any number.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>Hears the name of each step when it begins; null = nobody.</summary>
    internal Action<string>? StepBegins { get; init; }

    /// <summary>Opens the input: readable, at its start; may be a pipe.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>
    /// Publishes the result: calls its argument once with a stream to write to, and either shows the complete file
    /// under its name or nothing. Not called for a refused or failed clip.
    /// </summary>
    public required Action<Action<Stream>> Publish { get; init; }

    /// <summary>
    /// From a file into a file, which appears complete or not at all; its name is the <see cref="Id"/>. What stands in
    /// the way is found when the job is done, before any decoding.
    /// </summary>
    /// <param name="input">The recording; never changed.</param>
    /// <param name="output">Where the result shall appear; its folder must exist.</param>
    /// <param name="overwrite">Whether a file called <paramref name="output"/> may be replaced.</param>
    public static ClipJob ForFile(string input, string output, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        return new ClipJob
        {
            Id = Path.GetFileName(input),
            InputPath = input,
            OutputPath = output,
            OpenInput = () =>
            {
                Stream opened = Directory.Exists(input)
                    ? throw new InputException(ReasonCodes.NotFound, $"{input} is a folder; name a file in it.")
                    : InputFile.Open(input);
                try
                {
                    OutputPlace.Check(input, output, overwrite);
                    return opened;
                }
                catch
                {
                    opened.Dispose();
                    throw;
                }
            },
            Publish = write => new WritePlace(output, "", overwrite).Write(write),
        };
    }
}
