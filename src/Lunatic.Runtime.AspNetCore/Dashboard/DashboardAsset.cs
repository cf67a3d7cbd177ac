namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>A file of the dashboard's pages.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Tag">Its entity tag, in quotation marks.</param>
internal sealed record DashboardAsset(byte[] Content, string ContentType, string Tag);
