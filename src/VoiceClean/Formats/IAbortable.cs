namespace VoiceClean.Formats;

/// <summary>
/// A reader that may wait for something outside this process and can be interrupted from another thread.
/// </summary>
internal interface IAbortable
{
    /// <summary>Makes a waiting Read throw <see cref="OperationCanceledException"/> soon.</summary>
    void Abort();
}
