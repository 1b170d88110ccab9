namespace VoiceClean.Formats.Loading;

/// <summary>Where sound of the recording is missing, by the time of what was decoded; a finding of its clip.</summary>
/// <param name="Places">Ascending: where silence stands for what is missing, or something was joined on [s].</param>
internal sealed record DamagedPlaces(IReadOnlyList<(double StartS, double EndS)> Places)
{
    /// <summary>The first place that touches a stretch; null if none does.</summary>
    public (double StartS, double EndS)? Within(double startS, double endS)
    {
        foreach ((double StartS, double EndS) place in Places)
        {
            if (place.StartS < endS && place.EndS >= startS)
            {
                return place;
            }
        }

        return null;
    }
}
