using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lunatic.Runtime.AspNetCore.Tests.Dashboard;

/// <summary>Users by cookie, as browsers send them along: "viewer" may look, "operator" may act.</summary>
internal sealed class TestUsers(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    internal const string Cookie = "user", Viewer = "viewer", Operator = "operator", Viewers = "viewers", Operators = "operators";

    internal static void Add(IServiceCollection services)
    {
        services.AddAuthentication("cookie").AddScheme<AuthenticationSchemeOptions, TestUsers>("cookie", null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Viewers, static policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Operators, static policy => policy.RequireRole(Operator));
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[Cookie] is not { } name)
            return Task.FromResult(AuthenticateResult.NoResult());
        ClaimsIdentity identity = new([new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, name)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }
}
