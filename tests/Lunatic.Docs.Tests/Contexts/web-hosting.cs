using Lunatic.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

WebApplicationBuilder builder = WebApplication.CreateBuilder();
builder.WebHost.UseTestServer();
builder.Services.AddLunatic()
    .AddEnvironment("sandbox")
    .AddModule("pricing", _ => new MemoryStream("""(module (func (export "_start")))"""u8.ToArray()));

/* snippet */

await app.StartAsync();
using HttpClient client = app.GetTestClient();
NUnit.Framework.Assert.That(await client.GetStringAsync("/health"), NUnit.Framework.Is.EqualTo("Healthy"));
NUnit.Framework.Assert.That(await client.GetStringAsync("/orders"), NUnit.Framework.Is.EqualTo("…"));
NUnit.Framework.Assert.That(await (await client.PostAsync("/run", null)).Content.ReadAsStringAsync(), NUnit.Framework.Is.EqualTo("returned"));
await app.StopAsync();
