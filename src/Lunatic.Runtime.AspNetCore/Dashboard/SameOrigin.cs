using Microsoft.AspNetCore.Http;

namespace Lunatic.Runtime.AspNetCore.Dashboard;

/// <summary>
/// Whether a request was made by a page of this application. Browsers say from where a request comes, in headers that no page can set; a form or script of another site cannot act with
/// the user's cookies. A request that says nothing is refused too.
/// </summary>
internal static class SameOrigin
{
    internal static bool IsSatisfiedBy(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (!string.IsNullOrEmpty(site))
            return site == "same-origin";
        // without TLS, except on localhost, browsers send the origin only
        return Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out Uri? origin)
            && string.Equals(origin.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
            && string.Equals(origin.Authority, AuthorityOf(request), StringComparison.OrdinalIgnoreCase);
    }

    // the default port of a scheme may be there or not
    private static string? AuthorityOf(HttpRequest request) => Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out Uri? own) ? own.Authority : null;
}
