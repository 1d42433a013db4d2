import { byFeature } from '../words';

export default byFeature(import.meta.glob('./de/*.json', { eager: true, import: 'default' }));
