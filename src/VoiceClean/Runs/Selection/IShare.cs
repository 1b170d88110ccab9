namespace VoiceClean.Runs.Selection;

/// <summary>
/// The inputs of one of several runs. Nothing is asked of the disk about the inputs of the others.
/// </summary>
internal interface IShare
{
    /// <summary>True if an input is this run's.</summary>
    /// <param name="id">See <see cref="SelectedFile"/>.</param>
    bool Owns(string id);

    /// <summary>Is told about each input, whosever it is.</summary>
    /// <param name="id">See <see cref="SelectedFile"/>.</param>
    void Note(string id);
}
