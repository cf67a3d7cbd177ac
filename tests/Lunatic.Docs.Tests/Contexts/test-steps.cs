using Lunatic.Runtime;
using Lunatic.Runtime.Testing;

/* snippet */

NUnit.Framework.Assert.That(reason, NUnit.Framework.Is.EqualTo(ExitReason.Returned));
