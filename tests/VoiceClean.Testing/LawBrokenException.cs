namespace VoiceClean.Testing;

/// <summary>A stage or a decoder does not keep a law; says which, with what, in one sentence.</summary>
/// <param name="message">What was expected and what happened.</param>
/// <param name="inner">The exception that should not have come, if one did.</param>
public sealed class LawBrokenException(string message, Exception? inner = null) : Exception(message, inner);
