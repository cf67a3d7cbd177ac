using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

WebApplicationBuilder builder = WebApplication.CreateBuilder();
builder.WebHost.UseTestServer();
builder.Services.AddLunatic().AddEnvironment("sandbox");
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("operators", policy => policy.RequireAssertion(_ => true))
    .AddPolicy("administrators", policy => policy.RequireAssertion(_ => true));
WebApplication app = builder.Build();

/* snippet */

await app.StartAsync();
using HttpClient client = app.GetTestClient();
NUnit.Framework.Assert.That(await client.GetStringAsync("/lunatic/"), NUnit.Framework.Does.Contain("dashboard.js"));
NUnit.Framework.Assert.That(await client.GetStringAsync("/lunatic/api/processes"), NUnit.Framework.Does.Contain("\"total\":0"));
await app.StopAsync();
