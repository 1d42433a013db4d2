import { byFeature } from '../words';

export default byFeature(import.meta.glob('./en/*.json', { eager: true, import: 'default' }));
