namespace VoiceClean.Formats;

/// <summary>A decoder for which several small files at once are cheaper than one after the other.</summary>
internal interface IGroupDecoder : IAudioDecoder
{
    /// <summary>How many files may go together at present; 1 = each alone.</summary>
    int GroupSize { get; }

    /// <summary>
    /// How large a file becomes at most when decoded [byte], if it may go with others; null = alone, also for what
    /// cannot be read. The position is left undefined.
    /// </summary>
    long? GroupLimit(Stream stream);

    /// <summary>Decodes them.</summary>
    /// <param name="inputs">Open files with their <see cref="GroupLimit"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>For each input, in order, what <see cref="IAudioDecoder.Open"/> takes from a
    /// <see cref="GroupedInput"/>, for the caller to dispose of; all null after any doubt.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IDisposable?[] DecodeGroup(
        IReadOnlyList<(FileStream Stream, long Limit)> inputs,
        CancellationToken cancellation);
}
