using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Cli.Commands;

/// <summary>What only servers need of the system: random numbers and signatures, of OpenSSL.</summary>
internal static class SystemCrypto
{
    /// <summary>Refuses to begin where .NET would end the process in the middle.</summary>
    /// <param name="command">Who needs it.</param>
    /// <exception cref="InputException">It is not there.</exception>
    public static void Require(string command)
    {
        if (!Sha256.HasSystem)
        {
            throw new InputException(
                ReasonCodes.NotFound,
                $"{command} needs OpenSSL, which is not installed: on Debian and Ubuntu 'apt install libssl3'.");
        }
    }
}
