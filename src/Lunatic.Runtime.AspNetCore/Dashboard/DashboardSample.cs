namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>The runtime at one moment.</summary>
/// <param name="Number">Number of the sample, from 1.</param>
/// <param name="Time">When it was taken, in milliseconds since 1970.</param>
/// <param name="Statistics">Figures of the runtime.</param>
/// <param name="ManagedBytes">The managed heap of the whole application.</param>
internal sealed record DashboardSample(long Number, long Time, RuntimeStatistics Statistics, long ManagedBytes);
