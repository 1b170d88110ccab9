namespace VoiceClean.Errors;

/// <summary>A stage that does not come with VoiceClean failed, or broke what every stage promises.</summary>
/// <param name="message">The sentence.</param>
/// <param name="cause">What it threw, if it did.</param>
internal sealed class AddedStageException(string message, Exception? cause = null) : Exception(message, cause);
