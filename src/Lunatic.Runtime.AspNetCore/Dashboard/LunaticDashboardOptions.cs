namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>How the dashboard works.</summary>
public sealed class LunaticDashboardOptions
{
    /// <summary>Whether processes can be killed and stopped, by those who satisfy <see cref="ActionPolicy"/>. Default: false; the dashboard only shows.</summary>
    public bool AllowActions { get; set; }

    /// <summary>The authorisation policy that killing and stopping needs, besides what the whole dashboard needs. Required with <see cref="AllowActions"/>. Default: null.</summary>
    public string? ActionPolicy { get; set; }

    /// <summary>The time between two looks at the runtime, from 0.25 seconds to a minute. Default: 2 seconds. The plots show 150 of them.</summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromSeconds(2);

    internal void Validate()
    {
        if (AllowActions && string.IsNullOrEmpty(ActionPolicy))
            throw new ArgumentException($"{nameof(AllowActions)} needs an {nameof(ActionPolicy)}: whoever reaches the dashboard could end processes.", nameof(ActionPolicy));
        ArgumentOutOfRangeException.ThrowIfLessThan(RefreshInterval, TimeSpan.FromSeconds(0.25), nameof(RefreshInterval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RefreshInterval, TimeSpan.FromMinutes(1), nameof(RefreshInterval));
    }
}
