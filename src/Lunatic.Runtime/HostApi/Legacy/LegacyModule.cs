namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>A module that a guest has added to an environment.</summary>
/// <param name="Environment">Where its processes will live.</param>
/// <param name="Module">The module.</param>
internal sealed record LegacyModule(LegacyEnvironment Environment, LunaticModule Module);
