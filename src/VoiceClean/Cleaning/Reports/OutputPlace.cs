using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Cleaning.Reports;

/// <summary>What can be known about the place of a result before any decoding.</summary>
internal static class OutputPlace
{
    /// <summary>Refuses a place where the result may not, or cannot, appear.</summary>
    /// <param name="input">The recording.</param>
    /// <param name="output">Where the result shall appear.</param>
    /// <param name="overwrite">Whether a file there may be replaced; the input never is.</param>
    /// <exception cref="VoiceCleanException">As the message says.</exception>
    public static void Check(string input, string output, bool overwrite)
    {
        CheckName(output);
        var places = new RunPlaces("allow overwriting");
        places.AddInput(input);
        places.AddPlace(output, "", overwrite ? PlaceRule.Replace : PlaceRule.New);
        places.Check();
    }

    /// <summary>Refuses a name whose extension stands for another format: the result is always WAV.</summary>
    /// <param name="output">Where the result shall appear.</param>
    /// <exception cref="VoiceCleanException">Of kind Usage; the message proposes a name.</exception>
    public static void CheckName(string output)
    {
        if (AudioDecoders.CreateDefault().IsBelied(output, "wav"))
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"The result is a WAV file; name it {Path.ChangeExtension(output, ".wav")}, not "
                    + $"{Path.GetExtension(output)}.");
        }
    }
}
